"""What takes long to make is made once however many ask for it, and what failed is tried again."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.once import once


def test_it_is_made_once_for_all_who_ask_at_the_same_time(request):
    key, made = request.node.nodeid.encode(), []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.05)
        return b"made"

    with ThreadPoolExecutor(4) as several:
        assert list(several.map(lambda _: once(key, make), range(8))) == [b"made"] * 8
    assert len(made) == 1
    assert once(key + b" other", lambda: b"another") == b"another"


def test_what_raises_is_not_kept(request):
    with pytest.raises(ZeroDivisionError):
        once(request.node.nodeid.encode(), lambda: bytes([1 // 0]))
    assert once(request.node.nodeid.encode(), lambda: b"made") == b"made"
