"""What a written PDF says, and how it is structured."""

from io import BytesIO

from pypdf import PdfReader

from corridor.present.words import disclaimer
from tests.support.once import once

TYPST_MARKUP = (
    '*bold* _em_ #panic("no") $x^2$ @ref <label> `raw` \\ // /* [a] {b} = H - item https://x.example "q" \'s\' --'
)


def read_pdf(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read_pdf(pdf).pages).split())


def structure_of(reader: PdfReader) -> list[str]:
    """The kinds of all elements of the structure tree, in reading order."""
    structure: list[str] = []

    def walk(element: object) -> None:
        node = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                structure.append(node["/S"])
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return structure


def unspaced(text: str) -> str:
    """A text without white space: a line may end anywhere in a long address."""
    return "".join(text.split())


def story_text(reader: PdfReader) -> str:
    """The words of all pages without white space, the foot of each page taken out of the sentences that run on."""
    foot = unspaced(disclaimer())
    parts = (unspaced(page.extract_text()).rpartition(foot) for page in reader.pages)
    return "".join(before + after for before, _, after in parts) + foot


def words_of(pdf: bytes) -> str:
    """What `story_text` reads in a file; reading a whole story takes longer than writing it, and is done once."""
    return once(b"words of pages\n" + pdf, lambda: story_text(PdfReader(BytesIO(pdf))).encode()).decode()
