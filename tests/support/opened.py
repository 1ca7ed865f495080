"""A text page opened through the menu, at an address, with an office's file of its own."""

import time
from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

from corridor.reading.samples import find_sample

#: How long a worker is waited for; nothing is asserted of how long it took, and cores may be shared.
PATIENCE_SECONDS = 180
MENU = Path(__file__).resolve().parents[2] / "corridor" / "pages" / "_menu.py"


def open_page(script: str, address: Mapping[str, str] | None = None) -> AppTest:
    """Open the page `script` as a visitor who follows a link to it does; no exception is left unseen."""
    # Streamlit knows a page whose address is not its file's name only once the menu has run.
    app = AppTest.from_file(str(MENU), default_timeout=60).run()
    app.switch_page(script)
    for name, value in (address or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def settled(app: AppTest) -> AppTest:
    """Wait for a worker as a browser does: by running the page again until nothing is under way."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(button.label == "Cancel" for button in app.button) and time.monotonic() < deadline:
        app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All the HTML of the page, in order."""
    return "\n".join(element.proto.body for element in app.main if element.type == "html")


def notices(app: AppTest) -> list[str]:
    """The sentences shown about what cannot be used."""
    return [
        element.proto.body for element in app.main if element.type == "html" and 'class="notice"' in element.proto.body
    ]


def send(app, *names: str):
    """Send samples as a visitor would send files of their own."""
    files = [(f"my-{find_sample(name).file}", find_sample(name).content(), "") for name in names]
    return settled(app.file_uploader[0].set_value(files).run())
