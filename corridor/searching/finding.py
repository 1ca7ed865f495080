"""How the best hits are found: every word counts for what it says, and what answers stands before what only names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NotRequired, TypedDict

from corridor.present.words import source_line
from corridor.quantities import day
from corridor.searching.entry import Findable, Kind
from corridor.searching.index import Index
from corridor.searching.letters import stem, words_of
from corridor.searching.query import LONGEST, MOST_TERMS, Meanings, Term, weight_of
from corridor.sources import Source, SourceId

#: Hits of one search at most, and those offered where nothing is found.
MOST_HITS, NEAREST = 10, 3
#: What a word counts that is found by its meaning, its beginning, or mended; found as typed it counts 1.
BY_MEANING, BY_BEGINNING, AS_MENDED = 0.6, 0.8, 0.7
#: What it counts that the search is just what an entry is called, or a way of asking for it.
JUST_THAT = 2.5
#: Of all a search says, the least that has to be found.
LEAST_FOUND = 0.34
#: What an entry counts more for its kind, and for an answer that tells a number, a status or a day.
KIND_COUNTS: Mapping[Kind, float] = {
    "own": 0.5, "question": 0.25, "crossing": 0.25, "document": 0.2, "segment": 0.15, "clause": 0.1, "candidate": 0.1,
    "disagreement": 0.05, "term": -0.3,
}  # fmt: skip
TELLS = 0.2
#: Words of the names of one entry of a visit that are looked through.
MOST_OWN_WORDS = 60
#: How much of being alike is what two texts are about; the rest is their very words.
ABOUT = 0.85
#: Words around the place that is found in a quoted text.
EXCERPT = 20


class Hit(TypedDict):
    """One hit, as the command and `/search` give it; `nearest` where nothing holds what was asked."""

    kind: Kind
    id: str
    title: str
    answer: str
    as_of: str
    sources: list[str]
    link: str
    nearest: NotRequired[bool]


class SearchTooLongError(ValueError):
    """A search of more characters than a question has; the text is the sentence for who asks."""


@dataclass(frozen=True, eq=False)
class Search:
    """All that can be found, ready to be asked; `sources` are those that entries name."""

    index: Index
    meanings: Meanings
    sources: Mapping[SourceId, Source]

    def hits(self, asked: str, own: Iterable[Findable] = ()) -> list[Hit]:
        """Return the best hits for what was typed, at most ten; `own` are the entries of one visit.

        Nothing is returned where no word was typed. Where nothing is found, the nearest three are, and say so. Raises
        SearchTooLongError for more than LONGEST characters.
        """
        if len(asked) > LONGEST:
            raise SearchTooLongError(f"This search has {len(asked):,} characters; up to {LONGEST} are looked for.")
        words = words_of(asked)
        if not words:
            return []
        mine = own_found(words, own, self.meanings)
        scores = self._scores(words)
        ranked = [*mine, *(self.index.entries[number] for number in sorted(scores, key=lambda n: (-scores[n], n)))]
        if ranked:
            return [self._hit(entry, words) for entry in _each_once(ranked)[:MOST_HITS]]
        return [{**self._hit(entry, words), "nearest": True} for entry in self._nearest(words)]

    def _scores(self, words: list[str]) -> dict[int, float]:
        every = len(self.index.entries)
        counted: dict[int, dict[int, float]] = defaultdict(dict)
        says: dict[int, float] = {}
        corrected = list(words)
        for term in self.meanings.terms(words):
            rows = self._holding(term, corrected)
            weight = weight_of(rows, every)
            for at in term.at:
                if len(term.at) == 1:
                    says[at] = weight
                for number, score in rows.items():
                    share = counted[number]
                    share[at] = max(share.get(at, 0.0), weight * score)
        whole = sum(says.values())
        gist, wording = self.meanings.gist(corrected), frozenset(corrected)
        scores = {}
        for number, share in counted.items():
            reached = sum(score for at, score in share.items() if at in says)
            held = sum(says[at] for at in share if at in says)
            if held < LEAST_FOUND * whole:
                continue
            entry = self.index.entries[number]
            alike = self._likeness(number, gist, wording)
            coverage = held / whole if whole else 1.0
            better = KIND_COUNTS.get(entry.kind, 0.0) + TELLS * entry.tells
            scores[number] = (reached / max(whole, 0.01) + coverage) * (1 + better) + JUST_THAT * alike**2 * (
                1 + better
            )
        return scores

    def _holding(self, term: Term, corrected: list[str]) -> dict[int, float]:
        """Return how well entries hold a term; a word nothing holds is mended, in `corrected` too."""
        rows: dict[int, float] = {}

        def add(more: Mapping[int, float], share: float) -> None:
            for number, score in more.items():
                rows[number] = max(rows.get(number, 0.0), score * share)

        as_typed = self.index.holding([term.words])
        add(as_typed, 1.0)
        add(self.index.holding(term.also), BY_MEANING)
        if len(term.words) == 1 and len(term.words[0]) > 2 and not as_typed:
            add(self.index.holding([term.words], beginning=True), BY_BEGINNING)
            if not term.also and (mended := self.index.mended(term.words[0])):
                add(self.index.holding((word,) for word in mended), AS_MENDED)
                add(self.index.holding(self.meanings.of(mended[0])), AS_MENDED * BY_MEANING)
                corrected[term.at[0]] = mended[0]
        return rows

    @cached_property
    def _callings(self) -> tuple[tuple[tuple[frozenset[str], frozenset[str]], ...], ...]:
        """What each entry is called and asked by: what it is about, and its words."""
        return tuple(
            tuple(
                dict.fromkeys(
                    (self.meanings.gist(words), frozenset(words))
                    for words in map(words_of, (entry.title, *entry.names, *entry.ways))
                )
            )
            for entry in self.index.entries
        )

    def _likeness(self, number: int, gist: frozenset[str], wording: frozenset[str]) -> float:
        """Return how like a search is to the likest name of an entry: 1 for its very words, 0 for none in common.

        The share of what both are about counts most, the share of their words decides among equals.
        """
        return max(
            ABOUT * _share(gist, about) + (1 - ABOUT) * _share(wording, words)
            for about, words in self._callings[number]
        )

    def _nearest(self, words: list[str]) -> list[Findable]:
        """Return three entries that hold words which look most like those asked for; none where none looks alike."""
        near = [(other,) for word in self.meanings.significant(words)[:4] for other in self.index.similar(word)[:3]]
        rows = self.index.holding(near)
        return _each_once(self.index.entries[n] for n in sorted(rows, key=lambda n: (-rows[n], n)))[:NEAREST]

    def _hit(self, entry: Findable, words: list[str]) -> Hit:
        return {
            "kind": entry.kind,
            "id": entry.id,
            "title": entry.title,
            "answer": entry.answer or _excerpt(entry, words),
            "as_of": entry.as_of,
            "sources": [source_line(self.sources[source]) for source in entry.sources if source in self.sources],
            "link": entry.link,
        }

    def warm(self) -> None:
        """Make beforehand what the first search would wait for."""
        self.hits("paragraph 3")


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    """Return which share of all the words of two texts both have."""
    return len(some & others) / max(len(some | others), 1)


def _each_once(entries: Iterable[Findable]) -> list[Findable]:
    """Return entries without those that open what a better one opens."""
    best: dict[str, Findable] = {}
    for entry in entries:
        best.setdefault(entry.id, entry)
    return list(best.values())


def own_found(words: list[str], own: Iterable[Findable], meanings: Meanings) -> list[Findable]:
    """Return the entries of a visit of whose names every word that carries something begins a word, as stems do."""
    asked = [(word, stem(word)) for word in dict.fromkeys(meanings.significant(words))][:MOST_TERMS]
    matching = []
    for entry in own:
        called = words_of("\n".join((*entry.names, *entry.ways)))[:MOST_OWN_WORDS]
        known = [(word, stem(word)) for word in called]
        if all(any(w.startswith(word) or s.startswith(base) for w, s in known) for word, base in asked):
            matching.append(entry)
    return matching


def _excerpt(entry: Findable, words: list[str]) -> str:
    """Return the words of a quoted text around the place that holds most of what was asked for, with their date."""
    text = entry.quoted.split()
    stems = {stem(word) for word in words}
    held = [any(stem(word) in stems for word in words_of(token)) for token in text]
    first = max(range(max(len(text) - EXCERPT, 0) + 1), key=lambda at: (sum(held[at : at + EXCERPT]), -at))
    said = " ".join(text[first : first + EXCERPT]).strip(";,.")
    before, after = "… " if first else "", " …" if first + EXCERPT < len(text) else ""
    name = entry.title.rpartition(", ")[2]
    return f"{name[:1].upper()}{name[1:]}: “{before}{said}{after}”, {day(entry.as_of)}."
