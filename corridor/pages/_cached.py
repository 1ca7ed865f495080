"""What every page reads of the shipped data, read once per process and never changed."""

from corridor.pages._published import Publication, published
from corridor.present.reader import Shipped


def publication() -> Publication:
    """Return the addresses of the published files."""
    return published()


def shipped() -> Shipped:
    """Return the layers with their features, and the texts."""
    return published().shipped
