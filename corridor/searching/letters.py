"""How words are compared: in Latin letters whatever their script, and as they sound where they are misspelled."""

import re

from corridor.present.cards.search import fold

#: Letters of a script, and in their order what stands for each; nothing for signs that are only written.
_CYRILLIC = (
    "абвгдежзиклмнопрстуфхцчшщъыьэюяієґәғҝөүһҹј",
    "a,b,v,g,d,e,zh,z,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya,i,e,g,a,gh,g,o,u,h,j,y",
)
_ARMENIAN = (
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "a,b,g,d,e,z,e,y,t,zh,i,l,kh,ts,k,h,dz,gh,ch,m,y,n,sh,o,ch,p,j,r,s,v,t,r,ts,v,p,k,o,f",
)
_GEORGIAN = (
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "a,b,g,d,e,v,z,t,i,k,l,m,n,o,p,zh,r,s,t,u,p,k,gh,q,sh,ch,ts,dz,ts,ch,kh,j,h",
)
_PERSIAN = (
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیةءى",
    "a,b,p,t,s,j,ch,h,kh,d,z,r,z,zh,s,sh,s,z,t,z,,gh,f,gh,k,g,l,m,n,v,h,i,h,,i",
)


def _table(*scripts: tuple[str, str]) -> dict[int, str]:
    return {
        ord(letter): typed
        for letters, latin_letters in scripts
        for letter, typed in zip(letters, latin_letters.split(","), strict=True)
    }


#: What is typed in Latin letters for those of other scripts, after `fold` has taken the accents off.
LATIN = _table(_CYRILLIC, _ARMENIAN, _GEORGIAN, _PERSIAN)
#: Letters that sound alike to who writes a name by ear, longest first.
ALIKE = (
    ("tch", "c"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("ch", "c"), ("sh", "s"), ("zh", "z"), ("ph", "f"),
    ("th", "t"), ("dz", "z"), ("ts", "s"), ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("x", "h"), ("j", "c"),
    ("q", "g"), ("w", "v"), ("y", "i"),
)  # fmt: skip
#: Letters, or digits: "330kV" is two words, as "330 kV" is.
_WORD = re.compile(r"\d+|[^\W\d]+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
_ENDINGS = ("ings", "ing", "ed", "es", "s")


def latin(text: str) -> str:
    """Return `text` in lower case and Latin letters, without accents: the same for "Мегри" and "Megri"."""
    return fold(_GROUPED.sub("", text)).replace("ու", "u").translate(LATIN)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared, in order."""
    return _WORD.findall(latin(text).replace("_", " "))


def sound(word: str) -> str:
    """Return how a word of `words_of` sounds, roughly: the same for "nakhchivan" and "naxcivan"."""
    for letters, sounding in ALIKE:
        word = word.replace(letters, sounding)
    return re.sub(r"(.)\1+", r"\1", word)


def stem(word: str) -> str:
    """Return an English word without the ending of its form: "open" of "opened", "benefit" of "benefits"."""
    if word.endswith("ies") and len(word) > 5:
        return f"{word[:-3]}i"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) <= 3:
        return word
    return f"{word[:-1]}i" if word.endswith("y") else word.removesuffix("e")


def distance(word: str, other: str, most: int) -> int:
    """Return how many letters have to be put, taken, changed or swapped; `most` + 1 where it is more than `most`.

    Damerau-Levenshtein, optimal string alignment; cost is the product of two lengths, which are those of words.
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        row = [i]
        for j, another in enumerate(other, start=1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == another:
                steps = min(steps, before[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
