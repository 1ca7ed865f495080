"""How the peer is started and what its page says once the server has answered a click."""

import sys

#: One line of the peer's page, after a click on land.
CLICKED = r"Clauses of \S+: .+"


def peer_command(port: int) -> list[str]:
    """Return the command that serves the peer on 127.0.0.1."""
    return [sys.executable, "-m", "streamlit", "run", "tests/bench/peer_app.py", "--server.port", str(port)]
