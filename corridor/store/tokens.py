"""What a visit is reached by: tokens that this process gave away, and that nobody can guess or make."""

import base64
import hmac
import re
import secrets

#: What a visit is reached by; nobody can guess one.
Token = str
TOKEN = re.compile(r"([\w-]{24})([\w-]{24})", re.ASCII)
#: What makes a token this process's own; nothing has to be remembered of those it gave away.
SEAL_KEY = secrets.token_bytes(32)


def new_token() -> Token:
    """Return a token nobody can guess or make: 18 random bytes and their seal, each as 24 letters, digits, "-", "_"."""
    name = secrets.token_urlsafe(18)
    return name + _seal(name)


def is_token(text: str) -> bool:
    """Whether a text is a token that this process gave away; one that a visitor made up is none."""
    parts = TOKEN.fullmatch(text)
    return parts is not None and hmac.compare_digest(parts[2], _seal(parts[1]))


def sealed(text: str) -> str:
    """Return a text with this process's seal behind a dot; it is no token, which has none."""
    return f"{text}.{_seal(f'{text}.')}"


def unsealed(text: str) -> str:
    """Return what was sealed by this process, "" for what was not."""
    inner, _, seal = text.rpartition(".")
    return inner if text.isascii() and hmac.compare_digest(seal, _seal(f"{inner}.")) else ""


def _seal(name: str) -> str:
    return base64.urlsafe_b64encode(hmac.digest(SEAL_KEY, name.encode(), "sha256")[:18]).decode()
