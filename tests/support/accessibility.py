"""What axe-core finds on a page, without what was reviewed in Streamlit's own chrome."""

import tomllib
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
#: What passed is many times as long, and nobody asks for it.
RUN = "options => axe.run(document, options).then(results => results.violations)"
#: Violations inside Streamlit's own chrome, reviewed one by one; a new one fails.
REVIEWED = tomllib.loads((Path(__file__).parents[1] / "support" / "streamlit_chrome.toml").read_text())["reviewed"]


def violations(page: Page) -> list[str]:
    """Return "rule at selector" for each violation that nobody has reviewed."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in page.evaluate(RUN, OPTIONS)
        for node in violation["nodes"]
        if not any(
            item["rule"] == violation["id"] and item["selector"] in " ".join(map(str, node["target"]))
            for item in REVIEWED
        )
    ]
