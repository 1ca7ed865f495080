"""What is found by words, as lines or as the list that `/search` gives too."""

import argparse
import json
import sys

from corridor.present.context import read_briefing_context
from corridor.searching.finding import Hit, SearchTooLongError
from corridor.searching.shipped_search import search_of

NOTHING = "Nothing is found for these words."
NOTHING_NEAR = "Nothing here looks like them; give a word of letters or digits."


def search_words(arguments: argparse.Namespace) -> int:
    """Print the best hits for some words; 2 for more than can be looked for."""
    try:
        hits = search_of(read_briefing_context()).hits(" ".join(arguments.words))
    except SearchTooLongError as problem:
        print(f"corridor: {problem}", file=sys.stderr)
        return 2
    print(json.dumps(hits, ensure_ascii=False) if arguments.json else readable_hits(hits))
    return 0


def readable_hits(hits: list[Hit]) -> str:
    """Return hits for a terminal: each title with its kind and id, its answer below."""
    if not hits:
        return f"{NOTHING} {NOTHING_NEAR}"
    lines = [f"{NOTHING} The nearest:"] if hits[0].get("nearest") else []
    for hit in hits:
        lines += [f"{hit['title']}  [{hit['kind']}, {hit['link']}]", f"    {hit['answer']}"]
    return "\n".join(lines)
