"""What is said of a file is said for people who know no GIS: in few and everyday words, without codes and paths."""

import re

import pytest

from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.mend import MENDABLE, mend
from tests.support.samples import CODES, read
from tests.support.sentences import LONGEST, sentences

#: Words of programmers and surveyors that have everyday words here; what stands in quotes is the file's own.
STRANGE = re.compile(
    r"\b(vertex|vertices|metadata_name|RFC|geometries|sub-?geometry|legal|chords?|member of|right-hand rule|"
    r"nested properties|features? that|null geometry)\b"
)
PATH = re.compile(r"/(features|geometry|coordinates|properties|crs)\b")
QUOTED = re.compile(r"“[^”]*”|\([^)]*\)")


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_of_a_finding_is_short_and_plain(code):
    for finding in read(code).findings:
        for sentence in (*sentences(finding.says), *sentences(finding.advice)):
            assert len(sentence.split()) <= LONGEST, sentence
            bare = QUOTED.sub("", sentence)
            assert not STRANGE.search(bare), sentence
            assert not PATH.search(bare), sentence
            assert not any(re.search(rf"(?<![\w-]){other}(?![\w-])", bare) for other in CODES if "-" in other), sentence


@pytest.mark.parametrize("code", MENDABLE)
def test_every_repair_and_what_it_says_of_itself_is_plain(code):
    method = MENDABLE[code].mend.method
    assert not STRANGE.search(method), method
    reading = read(code)
    choice = next(
        (finding.choices[0] for finding in reading.findings if finding.code == code and finding.choices), None
    )
    mended = mend(reading, {code: choice})
    for entry in mended.ledger:
        for words in (*entry.type_changes, *entry.dropped, *entry.other):
            assert not PATH.search(QUOTED.sub("", words)), words


def test_the_account_says_what_is_left_in_words_beside_the_code():
    text = mend(read("projected-coordinates"), {}).ledger_text()
    assert "  The numbers are metres, not degrees" in text
    assert "(projected-coordinates)" in text


def test_no_check_is_left_without_words():
    assert all(check.says and check.advice for check in CHECKS)
