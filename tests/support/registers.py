"""What the tests of the written registers share: the outside material, a copy to break, and the one-sentence rule."""

import os
import re
import shutil
from pathlib import Path

import pytest

from corridor.errors import DocumentError
from corridor.sources import GEODATA

SHARED = Path(os.environ.get("CORRIDOR_SHARED", GEODATA.parent.parent / "shared"))

NUMBER_WORDS = frozenset(
    re.findall(
        r"\w+",
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty hundred thousand million dozen twice",
    )
)


def shared(*parts: str) -> Path:
    """A file of the outside material; the test skips where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path.name} is outside this repository")
    return path


def seed(number: str) -> str:
    """The text of a source document, as received, with its line breaks as single spaces."""
    path = next(iter(shared("seeds").glob(f"{number}_*.txt")))
    return " ".join(path.read_text(encoding="utf-8").split())


def copied(tmp_path: Path) -> Path:
    """A copy of the texts and sources that a test may break; its folder is named as the shipped one."""
    root = tmp_path / "geodata"
    for folder in ("texts", "sources"):
        shutil.copytree(GEODATA / folder, root / folder)
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replace the first `old` in a text file of the copy; it has to be there."""
    path = root / "texts" / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def one_sentence(raised: pytest.ExceptionInfo[DocumentError], *expected: str) -> None:
    """The message is one line that ends in a full stop and holds every `expected` part."""
    message = str(raised.value)
    assert "\n" not in message
    assert message.endswith(".")
    for part in expected:
        assert part in message, message


def without_quotations(text: str) -> str:
    """The text without what stands in typographic quotation marks, which are other people's words."""
    while "“" in text:
        shorter = re.sub(r"“[^“”]*”", "", text)
        if shorter == text:
            break
        text = shorter
    return text
