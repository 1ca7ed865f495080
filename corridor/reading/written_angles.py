"""One angle as people write it: decimal commas, degrees and minutes, letters and words for the hemispheres."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: Ways of writing, as a sentence names them.
COMMAS = "decimal commas"
OTHER_BLANKS = "no-break spaces"
MINUTES = "degrees and minutes"
SECONDS = "degrees, minutes and seconds"
DEGREES = "degree signs"
LETTERS = "letters for north and east"
NMEA = "degrees and minutes as NMEA writes them (ddmm.mmm)"
GON = "gon, 400 to a circle"
GROUPED = "blanks between thousands"
OTHER_SIGNS = "signs of other alphabets for digits or minus"

BLANK_SIGNS = "\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_SIGNS = {
    **dict.fromkeys("−‐‑‒–—﹣－", "-"), **dict.fromkeys("′’‘ʹʼ`´＇", "'"), **dict.fromkeys("″“”„ʺ＂", '"'),
    **dict.fromkeys("ºº˚∘⁰", "°"), "٫": ".", "،": ",", "؛": ";",
    **{chr(0x660 + n): str(n) for n in range(10)}, **{chr(0x6F0 + n): str(n) for n in range(10)},
}  # fmt: skip
FOLD = str.maketrans({**dict.fromkeys(BLANK_SIGNS, " "), **_SIGNS, **dict.fromkeys("\u200b\u200e\u200f\ufeff", "")})

#: Whether it is longitude, and its sign -> what people write for it, in English, Russian, Ukrainian, Azerbaijani,
#: Turkish, Armenian, Georgian and Persian.
_SIDES = {
    (False, 1): "n|north|northern|с|сев|север|северной|северная|пн|північ|північної|şimal|şm|k|kuzey|kuz|"
    "հյուսիս|հյուսիսային|հյուս|հյ|հս|հ|ჩრდილოეთი|ჩრდილოეთის|ჩრდ|شمال|شمالی",
    (False, -1): "s|south|southern|ю|юг|юж|южной|южная|пд|південь|південної|cənub|g|güney|"
    "հարավ|հարավային|հվ|სამხრეთი|სამხრეთის|სამხ|جنوب|جنوبی",
    (True, 1): "e|east|eastern|в|вост|восток|восточной|восточная|сх|схід|східної|şərq|şq|d|doğu|doğ|"
    "արևելք|արևելյան|արև|արլ|ա|აღმოსავლეთი|აღმოსავლეთის|აღმ|شرق|شرقی",
    (True, -1): "w|west|western|з|зап|запад|западной|западная|зх|захід|західної|qərb|batı|"
    "արևմուտք|արևմտյան|արմ|დასავლეთი|დასავლეთის|დას|غرب|غربی",
}
#: Words for latitude and longitude, which may stand behind those or alone; the sign is then left to the number.
_AXES = {
    False: "lat|latitude|ш|шир|широта|широты|широти|enlem|enlemi|enlik|enliyi|en|"
    "լայնություն|լայնության|լայն|լ|განედი|عرض",
    True: "lon|lng|long|longitude|д|долг|долгота|долготы|довгота|довготи|boylam|boylamı|boy|uzunluq|uzunluğu|uz|"
    "երկայնություն|երկայնության|երկ|ե|გრძედი|طول",
}


def _spelt(word: str) -> str:
    """Return a word in small letters, the dotted and the dotless i of Turkish as one."""
    return word.lower().replace("\u0307", "").replace("ı", "i")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SIDE_OF = {_spelt(word): side for side, words in _SIDES.items() for word in words.split("|")}
_AXIS_OF = {_spelt(word): axis for axis, words in _AXES.items() for word in words.split("|")}
#: “Ş.e.” and “Ş.u.” are north and east in Azerbaijani: the one letter is both.
_BOTH = {"ş.e": (False, 1), "ş.u": (True, 1)}
_SIDE = _any_of("|".join(_SIDES.values()).split("|"))
_AXIS = _any_of("|".join(_AXES.values()).split("|"))
_WORD = rf"ş\.[ \t]?[eu]\.?|(?:{_SIDE})(?:[./]?[ \t]?(?:{_AXIS})(?![^\W\d_]))?\.?|(?:{_AXIS})\.?"
_BEFORE = rf"(?:(?P<before>{_WORD})(?![^\W\d_])[ \t]*[:=]?[ \t]*)?"
_AFTER = rf"(?(before)|(?:[ \t]*(?P<after>{_WORD})(?![^\W\d_]))?)"
_WORDS = re.compile(rf"(?P<side>{_SIDE})?(?:[./]?[ \t]?(?P<axis>{_AXIS}))?\.?", re.IGNORECASE)


def _side_of(word: str) -> tuple[bool | None, int] | None:
    """Return whether a word means longitude, and its sign; None for one that contradicts itself."""
    both = _BOTH.get(_spelt(word).replace(" ", "").rstrip("."))
    if both is not None or not word:
        return both or (None, 1)
    match = _WORDS.fullmatch(word)
    if match is None:
        return None
    side = _SIDE_OF.get(_spelt(match["side"] or ""))
    axis = _AXIS_OF.get(_spelt(match["axis"] or ""))
    if side is None or axis is None:
        return side or (axis, 1)
    return side if side[0] == axis else None


def _angles(decimals: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of an angle: with signs or colons after degrees and minutes, or with blanks alone."""
    small = rf"\d{{1,2}}(?:{decimals}\d{{1,20}}+)?+"
    marked = (
        rf"(?P<sign>[+-])?(?P<degrees>\d{{1,20}}+(?:{decimals}\d{{1,20}}+)?+)(?:[ \t]*(?P<mark>°|deg\b|:)[ \t]*"
        rf"(?:(?P<minutes>{small})[ \t]*(?:[':][ \t]*(?:(?P<seconds>{small})[ \t]*\"?)?)?)?)?"
    )
    spaced = (
        rf"(?P<sign>[+-])?(?P<degrees>\d{{1,3}}+)[ \t°-]{{1,4}}(?P<mark>)(?P<minutes>{small})['°]?"
        rf"(?:[ \t'-]{{1,4}}(?P<seconds>{small})\"?)?"
    )
    first, second = (re.compile(_BEFORE + angle + _AFTER, re.IGNORECASE) for angle in (marked, spaced))
    return first, second


#: With a point as the sign of decimals, so that a comma parts numbers; then with either.
WITH_POINT, WITH_EITHER = _angles(r"\."), _angles(r"[.,]")
#: “46d37m50s”, “46г 37м 50с”, “46 dərəcə 37 dəqiqə 50 saniyə” in the signs of an angle.
LETTERED = re.compile(
    r"(\d)\s?(?:d|deg|г|гр|град|градусов|dər|dərəcə|der|derece|աստ|աստիճան)\.?\s?(\d{1,2}(?:[.,]\d{1,20})?)"
    r"\s?(?:m|min|м|мин|минут|dəq|dəqiqə|dk|dakika|ր|րոպե)(?![^\W\d_])\.?(?:\s?(\d{1,2}(?:[.,]\d{1,20})?)"
    r"\s?(?:s|sec|с|сек|секунд|san|saniyə|sn|saniye|վ|վրկ|վայրկյան)(?![^\W\d_])\.?)?"
)
#: “588436,37”, “588 436.37”, “588'436”.
LARGE = re.compile(r"[+-]?(?:\d+,\d+|\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?)")
#: “51.3333 gon”: 400 to a circle.
IN_GON = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,20})?)\s?(?:gon|grads?|grades?|гон|qon|ᵍ)\.?", re.IGNORECASE)
#: Beyond these nobody's degrees go, a full turn more or less included.
FURTHEST = 540.0


@dataclass(frozen=True, slots=True)
class Angle:
    """A number of degrees as read from a text; `is_lon` is None where nothing says whether it is a longitude."""

    degrees: float
    is_lon: bool | None
    styles: tuple[str, ...]
    marked: bool


def folded(text: str) -> str:
    """Return a text with one sign for each of the blanks, digits, minus, prime and degree signs of other keyboards."""
    return text.translate(FOLD).replace("''", '"')


def read_angle(text: str) -> Angle | None:
    """Return the angle that is all of a text, None for a text that is none."""
    if len(text) > 80:
        return None
    plain = folded(text).strip()
    if gon := IN_GON.fullmatch(plain):
        return Angle(number_of(gon[1]) * 0.9, None, (GON,), True)
    plain = signed(re.sub(r",\s*(?=[^\W\d_]{1,9}$)", " ", plain))
    for pattern in WITH_EITHER:
        match = pattern.fullmatch(plain)
        angle = angle_of(match) if match else None
        if angle is not None and abs(angle.degrees) <= FURTHEST:
            other = (OTHER_BLANKS,) if any(sign in BLANK_SIGNS for sign in text) else ()
            signs = (
                (OTHER_SIGNS,) if not angle.marked and any(sign in "−–٫" or sign > "\u065f" for sign in text) else ()
            )
            return Angle(angle.degrees, angle.is_lon, angle.styles + other + signs, angle.marked)
    return None


def read_large(text: str) -> Angle | None:
    """Return a number of metres or millionths with a decimal comma, or with blanks between its thousands; else None."""
    if len(text) > 40 or not LARGE.fullmatch(text):
        return None
    styles = ((COMMAS,) if "," in text else ()) + ((GROUPED,) if " " in text or "'" in text else ())
    return Angle(number_of(re.sub("[ ']", "", text)), None, styles, False)


def angle_of(match: re.Match[str]) -> Angle | None:
    """Return the angle of a match of MARKED or SPACED, None where minutes or degrees are more than there are."""
    word = match["before"] or match["after"] or ""
    side = _side_of(word)
    if side is None:
        return None
    is_lon, sign = side
    styles = [LETTERS] if word else []
    degrees = number_of(match["degrees"])
    minutes, seconds = match["minutes"], match["seconds"]
    if any("," in part for part in (match["degrees"], minutes or "", seconds or "")):
        styles.append(COMMAS)
    if minutes is not None:
        # Only the last part has decimals.
        if not match["degrees"].isdigit() or (seconds is not None and not minutes.isdigit()):
            return None
        parts = number_of(minutes), number_of(seconds or "0")
        # A rounded 59.996 is written as 60.00.
        if max(parts) > 60:
            return None
        degrees += parts[0] / 60 + parts[1] / 3600
        styles.append(MINUTES if seconds is None else SECONDS)
    elif match["mark"]:
        styles.append(DEGREES)
    elif word and degrees > (180 if is_lon else 90):
        whole, rest = divmod(degrees, 100)
        if rest > 60:
            return None
        degrees = whole + rest / 60
        styles.append(NMEA)
    # “46 W” and “-46 W” mean the same place to those who write them.
    value = -degrees if sign < 0 or match["sign"] == "-" else degrees
    marked = bool(minutes is not None or match["mark"] or word)
    return Angle(value, is_lon, tuple(styles), marked)


def signed(text: str) -> str:
    """Return a text with “46d37m50s” in the signs of an angle."""
    return LETTERED.sub(lambda match: f"{match[1]}°{match[2]}'" + (f'{match[3]}"' if match[3] else ""), text)


def number_of(text: str) -> float:
    """Return the number of digits with a point or a comma before the decimals."""
    return float(text.replace(",", "."))
