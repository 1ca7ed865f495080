"""What every page reads of the shipped data, read once per process and never changed."""

from corridor.present.publication import published
from corridor.shipped import Shipped


def shipped() -> Shipped:
    """Return the layers with their features, and the texts."""
    return published().shipped
