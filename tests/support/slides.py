"""The slides of the shipped stories, and what written slides say."""

from io import BytesIO

from lxml import etree
from pptx import Presentation

from tests.support.briefed import shipped_file
from tests.support.pdf import unspaced

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def shipped_slides(story: str) -> bytes:
    return shipped_file(story, "pptx")


def deck(data: bytes):
    return Presentation(BytesIO(data))


def texts(element: etree._Element) -> str:
    return "".join(unspaced(node.text or "") for node in element.iter(f"{A}t"))


def slide_words(data: bytes) -> str:
    return "".join(texts(slide._element) for slide in deck(data).slides)
