"""Work for the tests of the pool, in a module that a worker can import."""

import os
import re
import resource
import sys
import time
from pathlib import Path

from corridor.store.bounds import Failed


def double(number, tell):
    tell("doubling")
    return number * 2


def double_length(_route, others, _tell):
    return 2 * len(others)


def come_to_nothing(_route, _tell):
    return Failed("Nothing came of it.")


def sleep_after_telling(pid_file, tell):
    Path(pid_file).write_text(str(os.getpid()), encoding="utf-8")
    tell("sleeping")
    time.sleep(120)


def sleep(seconds, _tell):
    time.sleep(seconds)
    return seconds


def take_memory(megabytes, _tell):
    return len(bytes(megabytes * 1_000_000))


def die(_tell):
    os.abort()


def fail(_tell):
    raise ValueError("a fault of ours")


def read(path, _tell):
    return Path(path).read_bytes()


def turn_in_circles(pid_file, tell):
    """Never end, in one call of a library that lets nothing else run in this process."""
    Path(pid_file).write_text(f"{os.getpid()} {os.getppid()}", encoding="utf-8")
    tell("turning")
    re.match(r"(a+)+b", "a" * 60)


def wait_for(file, tell):
    tell("waiting for a file")
    while not Path(file).exists():
        time.sleep(0.01)
    return str(file)


def limits(_tell):
    names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE")
    return {name: resource.getrlimit(getattr(resource, name)) for name in names}


def write(file, megabytes, tell):
    tell("writing")
    Path(file).write_bytes(bytes(megabytes * 1_000_000))


def use_processor(_tell):
    """Take more of the processor than there is, with a clock that is never asked."""
    while True:
        pass


def tell_where_nothing_can_be_written(tell):
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    tell("on a full disk")
    return "done all the same"


def imported(_tell):
    return sorted(sys.modules)


class Heavy:
    held_bytes = 100


def heavy(_number, _tell):
    return Heavy()


def drivers(_tell):
    import pyogrio

    return sorted(pyogrio.list_drivers())
