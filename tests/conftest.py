"""What every suite shares: how Hypothesis tries, and one folder for a run in which `once` keeps what it made."""

import gc
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.once import open_folder, remove_folder

# Tests share their cores with each other, and nothing is asserted of how long a try takes.
settings.register_profile("shared cores", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared cores")


def starts_the_run(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    if starts_the_run(config):
        open_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if starts_the_run(config):
        remove_folder()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for garbage neither while thousands of tests are collected nor, later, among what was collected."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
