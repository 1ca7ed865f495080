"""Work for the tests of the pool, in a module that a worker can import."""

import os
import sys
import time
from pathlib import Path


def double(number, tell):
    tell("doubling")
    return number * 2


def sleep_after_telling(pid_file, tell):
    Path(pid_file).write_text(str(os.getpid()), encoding="utf-8")
    tell("sleeping")
    time.sleep(120)


def take_memory(megabytes, _tell):
    return len(bytes(megabytes * 1_000_000))


def die(_tell):
    os.abort()


def fail(_tell):
    raise ValueError("a fault of ours")


def read(path, _tell):
    return Path(path).read_bytes()


def imported(_tell):
    return sorted(sys.modules)


class Heavy:
    held_bytes = 100


def heavy(_number, _tell):
    return Heavy()
