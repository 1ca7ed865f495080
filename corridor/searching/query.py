"""What a search asks for: its words, what each also means, and how a word is mended that nothing is called by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corridor.searching.letters import stem, words_of
from corridor.texts.search_words import SearchWords

#: Characters of a search at most; what is longer is no question.
LONGEST = 500
#: Words of a synonym's phrase at most.
LONGEST_PHRASE = 4
#: Words of a search that are looked for; beyond these a search is no narrower.
MOST_TERMS = 24

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a search, or a phrase of the table: what is looked for, and what means the same.

    `at` are the places of its words in the search.
    """

    words: Phrase
    also: tuple[Phrase, ...]
    at: tuple[int, ...]


class Meanings:
    """The reviewed table, ready to be asked; keys are the stems of words."""

    def __init__(self, table: SearchWords, aliases: Iterable[tuple[str, str]] = ()) -> None:
        """Prepare the table; each of `aliases` also finds what its label, which comes second, finds."""
        self.idle = frozenset(word for idle in table.idle for word in words_of(idle))
        self._also: dict[Phrase, dict[Phrase, None]] = {}
        self._same: dict[str, str] = {}
        for group in table.alike:
            phrases = [tuple(words_of(text)) for text in group]
            for phrase in phrases:
                self._lead(phrase, (other for other in phrases if other != phrase))
                if len(phrase) == 1:
                    self._same.setdefault(stem(phrase[0]), stem(phrases[0][0]))
        for typed, meant in table.means.items():
            self._lead(tuple(words_of(typed)), (tuple(words_of(text)) for text in meant))
        for alias, label in aliases:
            if (typed_words := tuple(words_of(alias))) != (label_words := tuple(words_of(label))):
                self._lead(typed_words, [label_words])

    def _lead(self, typed: Phrase, meant: Iterable[Phrase]) -> None:
        self._also.setdefault(_stems(typed), {}).update(dict.fromkeys(meant))

    def of(self, word: str) -> tuple[Phrase, ...]:
        """Return what a word also means."""
        return tuple(self._also.get((stem(word),), ()))

    def significant(self, words: Iterable[str]) -> list[str]:
        """Return the words that carry something; all of them where none does."""
        words = list(words)
        return [word for word in words if word not in self.idle] or words

    def gist(self, words: Iterable[str]) -> frozenset[str]:
        """Return what some words ask for, whatever their order, form and choice among words that are alike."""
        stems = map(stem, self.significant(words))
        return frozenset(self._same.get(word, word) for word in stems)

    def terms(self, words: list[str]) -> Iterator[Term]:
        """Yield a term for each word that carries something, and one for each phrase the table knows."""
        significant = set(self.significant(words))
        stems = _stems(words)
        seen: set[str] = set()
        for at, word in enumerate(words):
            if word in significant and word not in seen and len(seen) < MOST_TERMS:
                seen.add(word)
                yield Term((word,), self.of(word), (at,))
            for count in range(2, LONGEST_PHRASE + 1):
                if at + count <= len(words) and (also := self._also.get(stems[at : at + count])):
                    yield Term(
                        tuple(words[at : at + count]), tuple(also), tuple(range(at, min(at + count, len(words))))
                    )


def _stems(words: Iterable[str]) -> Phrase:
    return tuple(map(stem, words))


def quoted(phrase: Phrase, *, beginning: bool = False) -> str:
    """Return a phrase for FTS5: quoted, so that nothing in it is an operator."""
    return '"' + " ".join(phrase).replace('"', '""') + '"' + ("*" if beginning else "")


def weight_of(rows: Mapping[int, float], every: int) -> float:
    """Return how much a term says that so many of `every` entries hold: the fewer, the more."""
    return min(1.0, 0.35 + 0.65 * (1.0 - len(rows) / max(every, 1)) ** 4)
