"""Bytes are read by turns: never much work at once, and whoever made little of it comes before who made much."""

import asyncio
from collections.abc import Callable

import pytest

from corridor.web import reading_turns
from corridor.web.reading_turns import LARGE_PIECE, SMALL_PIECE, Incoming, ReadingTurns

TURN = 0.01


class Clock:
    """Seconds of work, which go on only where a piece is handed on."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Sender:
    """One connection: what was handed on of it, and whether its socket is read."""

    def __init__(self, turns: ReadingTurns, seconds_a_byte: float, log: list[str], name: str = "") -> None:
        self.turns, self.seconds_a_byte, self.log, self.name = turns, seconds_a_byte, log, name
        self.pieces: list[bytes] = []
        self.open, self.waits, self.given_up = True, False, False
        self.incoming = Incoming(self._take, lambda: self.open, self._wait, self._give_up)

    def sends(self, data: bytes) -> None:
        self.turns.arrived(self.incoming, data)

    def _take(self, piece: bytes) -> None:
        self.turns.clock.seconds += len(piece) * self.seconds_a_byte
        self.pieces.append(piece)
        self.log.append(self.name)

    def _wait(self, waits: bool) -> None:
        self.waits = waits

    def _give_up(self) -> None:
        self.given_up = True

    @property
    def taken(self) -> int:
        return sum(map(len, self.pieces))


CHEAP, DEAR = 1e-8, 3e-6
DATA = bytes(range(256)) * 1024


async def calm(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0)


def run(play: Callable[[ReadingTurns, list[str]], object]) -> None:
    asyncio.run(play(ReadingTurns(TURN, Clock()), []))


def test_cheap_bytes_go_on_at_once_and_in_order():
    async def play(turns, log):
        one = Sender(turns, CHEAP, log)
        one.sends(DATA)
        assert b"".join(one.pieces) == DATA
        assert not one.waits
        assert {len(piece) for piece in one.pieces[:2]} == {SMALL_PIECE, 2 * SMALL_PIECE}
        assert max(map(len, one.pieces)) == LARGE_PIECE

    run(play)


def test_dear_bytes_are_read_in_small_pieces_with_turns_of_the_loop_between():
    async def play(turns, log):
        one = Sender(turns, DEAR, log)
        one.sends(DATA)
        assert one.waits
        before, most = one.taken, 0
        while one.taken < len(DATA):
            await asyncio.sleep(0)
            most, before = max(most, one.taken - before), one.taken
        assert most * DEAR <= TURN + SMALL_PIECE * DEAR
        assert b"".join(one.pieces) == DATA
        assert set(map(len, one.pieces)) == {SMALL_PIECE}
        await calm(lambda: not one.waits)

    run(play)


def test_all_together_make_no_more_work_in_a_turn_than_one_may():
    async def play(turns, log):
        many = [Sender(turns, DEAR, log) for _ in range(50)]
        for one in many:
            one.sends(DATA)
        assert sum(one.taken for one in many) * DEAR <= TURN + SMALL_PIECE * DEAR
        assert all(one.waits for one in many)

    run(play)


def test_who_made_little_work_comes_before_who_made_much():
    async def play(turns, log):
        many = [Sender(turns, DEAR, log, "storm") for _ in range(20)]
        for _ in range(3):
            for one in many:
                one.sends(DATA)
            await asyncio.sleep(0.05)
        log.clear()
        visitor = Sender(turns, CHEAP, log, "visitor")
        visitor.sends(b"GET / HTTP/1.1\r\n\r\n")
        await calm(lambda: visitor.taken)
        assert log.count("storm") <= 2 * (TURN / (SMALL_PIECE * DEAR) + 1)
        for one in many:
            turns.left(one.incoming)

    run(play)


def test_what_is_closed_or_left_is_handed_nothing_more_and_goes_on_when_it_opens():
    async def play(turns, log):
        one = Sender(turns, DEAR, log)
        one.sends(DATA)
        one.open = False
        before = one.taken
        await calm(lambda: not one.waits)
        assert one.taken == before
        one.open = True
        turns.go_on(one.incoming)
        await calm(lambda: one.taken > before)
        turns.left(one.incoming)
        before = one.taken
        for _ in range(20):
            await asyncio.sleep(0)
        assert one.taken == before

    run(play)


def test_one_that_cannot_be_read_is_given_up_and_the_others_go_on(caplog):
    async def play(turns, log):
        broken, sound = Sender(turns, DEAR, log), Sender(turns, DEAR, log)
        broken.sends(DATA)
        broken.incoming.hand_on = lambda _: 1 / 0
        sound.sends(DATA)
        await calm(lambda: broken.given_up and sound.taken == len(DATA))

    run(play)
    assert "could not be read" in caplog.text


@pytest.mark.parametrize("size", [0, 1, SMALL_PIECE, SMALL_PIECE + 1])
def test_nothing_is_lost_of_any_size(size):
    async def play(turns, log):
        one = Sender(turns, CHEAP, log)
        one.sends(DATA[:size])
        assert b"".join(one.pieces) == DATA[:size]

    run(play)


def test_of_many_whose_work_is_forgotten_as_fast_as_it_comes_nobody_is_passed_over(monkeypatch):
    """With so many senders the work of each is forgotten before its next turn, and all have made as little."""
    monkeypatch.setattr(reading_turns, "FORGOTTEN_A_SECOND", 1e9)

    async def play(turns, log):
        senders = [Sender(turns, DEAR, log, str(number)) for number in range(60)]
        for sender in senders:
            sender.sends(DATA)
        await calm(lambda: len(log) > 60)
        newcomer = Sender(turns, CHEAP, log, "new")
        newcomer.sends(b"GET / HTTP/1.1\r\n\r\n")
        await calm(lambda: newcomer.pieces)
        assert log.index("new") < 70
        served_before = len(log)
        await calm(lambda: len(log) > served_before + 120)
        times = [log[served_before:].count(sender.name) for sender in senders]
        assert max(times) - min(times) <= 1

    run(play)
