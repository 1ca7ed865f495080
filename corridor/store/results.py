"""Results of long work, kept as long as there is memory for them; the one not asked for longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Results(Generic[Key, Value]):
    """Values by key, together at most `cap_bytes` by what each says it takes; safe to be used by many threads."""

    def __init__(self, cap_bytes: int) -> None:
        """Begin with none."""
        self.cap_bytes = cap_bytes
        self._held: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return a value, None when it is not kept or no longer."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """Keep a value of `size` bytes; others go for it. One larger than all room is kept alone."""
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (value, size)
            while len(self._held) > 1 and self.held_bytes > self.cap_bytes:
                self._held.popitem(last=False)

    def drop(self, unwanted: Callable[[Key], bool]) -> None:
        """Let every value go whose key is unwanted."""
        with self._lock:
            for key in [key for key in self._held if unwanted(key)]:
                del self._held[key]

    @property
    def held_bytes(self) -> int:
        """What is kept, in bytes."""
        return sum(size for _, size in self._held.values())
