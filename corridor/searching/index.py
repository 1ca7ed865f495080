"""The index: SQLite's FTS5 in memory over words in Latin letters, and how each sounds, for those misspelled."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from threading import Lock
from typing import Any

from corridor.searching.entry import Findable
from corridor.searching.letters import distance, sound, words_of
from corridor.searching.query import Phrase, quoted

#: What a word counts in a title, a name, a way of asking, an answer, and in what else is said.
COLUMN_WEIGHTS = (6.0, 6.0, 5.0, 2.0, 1.0)
#: Letters of a word below which it is not mended, and words it may be mended to.
SHORTEST_MENDED, MOST_MENDED = 4, 4
#: Letters of an ending with which a name is declined in the languages of the region: "Naxçıvanda", "Ереване".
LONGEST_ENDING = 4
#: Letters of a sound from which two of them may be wrong; below, one may.
LONG = 8
#: Words that sound most alike, of which the nearest are taken.
NEAR_IN_SOUND = 40


class Index:
    """Entries by their words; numbers of entries count from 0. One connection, one thread at a time."""

    def __init__(self, entries: Iterable[Findable]) -> None:
        """Build it; for all that is shipped this takes a tenth of a second."""
        self.entries = tuple(entries)
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(self._database.cursor()) as cursor:
            cursor.execute(
                "CREATE VIRTUAL TABLE entry USING fts5(title, names, ways, answer, more, tokenize='porter unicode61')"
            )
            rows = [
                [" ".join(words_of(column)) for column in (e.title, _names(e), "\n".join(e.ways), e.answer, _more(e))]
                for e in self.entries
            ]
            cursor.executemany(
                "INSERT INTO entry(rowid, title, names, ways, answer, more) VALUES (?, ?, ?, ?, ?, ?)",
                ([number, *row] for number, row in enumerate(rows)),
            )
            self.words = frozenset(word for row in rows for column in row for word in column.split())
            cursor.execute("CREATE VIRTUAL TABLE sounding USING fts5(sound, word UNINDEXED, tokenize='trigram')")
            cursor.executemany(
                "INSERT INTO sounding(sound, word) VALUES (?, ?)",
                ((_bounded(word), word) for word in sorted(self.words) if len(word) >= SHORTEST_MENDED),
            )

    def holding(self, phrases: Iterable[Phrase], *, beginning: bool = False) -> Mapping[int, float]:
        """Return the entries that hold any of some phrases, each with how well: 1 for the best of them."""
        asked = " OR ".join(quoted(phrase, beginning=beginning) for phrase in phrases if phrase)
        if not asked:
            return {}
        ranked = self._rows(
            f"SELECT rowid, bm25(entry, {', '.join(map(str, COLUMN_WEIGHTS))}) FROM entry WHERE entry MATCH ?", asked
        )
        scores = {number: -rank for number, rank in ranked}
        best = max(scores.values(), default=0.0)
        return {number: max(score / best, 0.05) if best > 0 else 1.0 for number, score in scores.items()}

    def mended(self, word: str) -> list[str]:
        """Return the words of the index that a misspelled word most likely means, the likeliest first."""
        sounding = sound(word)
        if len(word) < SHORTEST_MENDED:
            return []
        most = 1 if len(sounding) < LONG else 2
        steps = [(distance(sounding, sound(other), most), other) for other in self.similar(word)]
        least = min((step for step, _ in steps), default=most + 1)
        if least > 1 and (base := self._without_ending(word)):
            return [base]
        mended = [other for step, other in steps if step == least <= most]
        return sorted(mended, key=lambda other: distance(word, other, len(word)))[:MOST_MENDED]

    def _without_ending(self, word: str) -> str:
        """Return the word of the index that another one is with an ending, the longest; "" where there is none."""
        beginnings = (word[:-ending] for ending in range(1, LONGEST_ENDING + 1))
        return next((base for base in beginnings if len(base) >= SHORTEST_MENDED and base in self.words), "")

    def similar(self, word: str) -> list[str]:
        """Return the words that share most threes of letters with a word, the nearest first."""
        written = _bounded(word)
        threes = dict.fromkeys(written[at : at + 3] for at in range(len(written) - 2))
        if not threes:
            return []
        asked = " OR ".join(quoted((three,)) for three in threes)
        sql = f"SELECT word FROM sounding WHERE sounding MATCH ? ORDER BY rank LIMIT {NEAR_IN_SOUND}"
        return [str(word) for (word,) in self._rows(sql, asked)]

    def _rows(self, sql: str, asked: str) -> list[Any]:
        with self._lock, closing(self._database.cursor()) as cursor:
            return cursor.execute(sql, (asked,)).fetchall()


def _bounded(word: str) -> str:
    """Return the sound of a word with marks for its ends, which count as letters do."""
    return f"^{sound(word)}$"


def _names(entry: Findable) -> str:
    """Return all names of an entry, those of two or three words also written as one."""
    parted = [words_of(name) for name in entry.names]
    joined = ["".join(words) for words in parted if 2 <= len(words) <= 3]
    return "\n".join((*entry.names, *joined))


def _more(entry: Findable) -> str:
    return f"{entry.quoted}\n{entry.text}"
