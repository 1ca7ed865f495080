"""A served copy of the application and Debian's Chromium, for the browser tests and the benchmarks."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Playwright, TimeoutError

ROOT = Path(__file__).resolve().parents[2]
#: Playwright's own list, which this one replaces on Chromium's command line, then the pages of the address bar's list:
#: headless or not, Chromium 156 loads two of them for every window, half a second of a processor each time (measured).
WITHOUT_FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
)
#: Chromium's own background traffic is switched off, so that every request seen is the page's.
CHROMIUM_FLAGS = [
    f"--disable-features={WITHOUT_FEATURES}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: How long a server and a page are waited for; nothing is asserted of how long they took, and cores may be shared.
START_SECONDS, PAGE_MS = 180, 120_000
DESKTOP, PROJECTOR, PHONE = (1440, 900), (1920, 1080), (390, 844)

#: Streamlit asks these two below a deep link before it finds its base address; both answers are its own 404.
STREAMLITS_OWN_404 = ("/_stcore/health", "/_stcore/host-config")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(
    settings: Mapping[str, str] | None = None,
    command: list[str] | None = None,
    port: int | None = None,
    log: Path | None = None,
) -> Iterator[str]:
    """Yield the address of a freshly started application; it is stopped by its own process id.

    `command` starts something else than the application, which must listen on `port`. Where the test fails, what the
    application printed is printed too, and where each of its threads was. `log` keeps what it printed in any case.
    """
    port = port or free_port()
    interpreter = [sys.executable, "-X", "faulthandler"]
    served = command or [*interpreter, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    # A file, not a pipe: nobody reads while the application runs, and a full pipe would stop it.
    with log.open("w+b") if log else tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            served, cwd=ROOT, env={**os.environ, **(settings or {})}, stdout=printed, stderr=subprocess.STDOUT
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_healthy(address, process)
            yield address
        except BaseException:
            # Has the interpreter's fault handler print where each thread is.
            process.send_signal(signal.SIGABRT)
            process.wait()
            printed.seek(0)
            print(f"The application at {address} printed:\n{printed.read().decode(errors='replace')}")
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The application stopped while starting, with status {process.returncode}.")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The application did not answer within {START_SECONDS} s.")


def server_of(address: str) -> int:
    """Return the id of the process that serves at `address`."""
    (server,) = _served(_processes()[0], address)
    return server


def workers_of(address: str) -> list[int]:
    """Return the ids of the processes in which the application served at `address` does its long work."""
    commands, parents = _processes()
    served = _served(commands, address)
    forking = {pid for pid, words in commands.items() if "multiprocessing.forkserver" in words}
    servers = {pid for pid in forking if parents[pid] in served}
    return [pid for pid in forking if parents[pid] in servers]


def _served(commands: Mapping[int, str], address: str) -> set[int]:
    port = address.rpartition(":")[2]
    return {pid for pid, words in commands.items() if words.strip().endswith(f"--server.port {port}")}


def _processes() -> tuple[dict[int, str], dict[int, int]]:
    """Return the command of every process by its id, and the id of its parent."""
    commands, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return commands, parents


def launch(playwright: Playwright) -> Browser:
    return launched(playwright.chromium)


def launched(chromium: BrowserType, keeps_pages: bool = False) -> Browser:
    """Return a browser; Playwright lets it keep no page that was left, to go back to, as people's browsers do."""
    executable = shutil.which("chromium")
    if executable is None:
        raise RuntimeError("There is no 'chromium' on PATH; `make test` installs it on Debian and Ubuntu.")
    without = ["--disable-back-forward-cache"] if keeps_pages else []
    return chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS, ignore_default_args=without)


def open_reader(context: BrowserContext, address: str, query: str = "") -> Page:
    """Return a page on which the reader's map can be used."""
    page = context.new_page()
    page.goto(f"{address}/{query}")
    page.locator('[data-testid="reader-map"][data-ready="true"]').wait_for(timeout=PAGE_MS)
    return page


def wait_until_drawn(page: Page) -> None:
    """Wait until Streamlit has drawn the page and its script has come to rest."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=PAGE_MS)
    try:
        page.locator("h1, [data-testid='reader-text']").first.wait_for(timeout=PAGE_MS)
    except TimeoutError as late:
        raise TimeoutError(f"{page.url} shows no heading, but:\n{page.locator('body').inner_text()}") from late
