"""Somebody's own text in a label of Streamlit's, which takes labels for Markdown: shown as the characters it is."""

import re

#: Punctuation by which Markdown, and what Streamlit adds to it, begins anything; a backslash before it shows it as it
#: is (CommonMark 0.31, section 2.4).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+|~$&!^=-]|^\s*\d+(?=\.)", re.MULTILINE)
#: What is found in the text that is left: addresses, which become links, names of icons and emoji, and arrows. They are
#: parted by a sign that has no width and allows no new line.
_PARTED = re.compile(r":(?=[\w/+-])|@(?=[\w-])|[Ww]{3}(?=\.)|[<~>-](?=[->=])")
_JOINER = "\N{WORD JOINER}"


def as_label(text: str) -> str:
    """Return Markdown that Streamlit shows as `text` in a label, in one line."""
    parted = _PARTED.sub(lambda match: match[0] + _JOINER, " ".join(text.split()))
    return _MARKUP.sub(lambda match: f"{match[0]}\\" if match[0][-1].isdigit() else f"\\{match[0]}", parted)
