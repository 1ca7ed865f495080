"""What LibreOffice makes of a file, made once for all the processes of a test run."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.once import once


def pdf_of_slides(slides: bytes) -> bytes:
    """Return the bytes of a PPTX file as the PDF that LibreOffice Impress converts it to."""
    return once(b"PPTX as PDF\n" + slides, lambda: _converted(slides))


def _converted(slides: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "slides.pptx"
        path.write_bytes(slides)
        # A profile of its own: two runs of LibreOffice with the same one get in each other's way.
        profile = f"-env:UserInstallation=file://{folder}/profile"
        office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(office, check=True, capture_output=True, timeout=240)
        return path.with_suffix(".pdf").read_bytes()
