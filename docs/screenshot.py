"""Take docs/screenshot.png anew: the list of the sample enterprise as `make run` shows it.

`python -m docs.screenshot` needs a Chromium (Debian: apt-get install chromium fonts-noto-cjk).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from service.actors import Role
from tests.browser.serving import FLAGS, find_chromium, serving, session_cookie

DEMO = "91360404MADE00011T"


def main() -> None:
    """Load the samples into a folder of its own, open the page, open one card, take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "service.cli", "--data", folder, "demo"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with serving(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
            context.add_cookies([session_cookie(Path(folder), address, Role.ENTERPRISE, DEMO)])  # type: ignore[list-item]
            page = context.new_page()
            page.goto(f"{address}/enterprises/{DEMO}")
            page.locator(".card summary").first.click()
            page.screenshot(path=str(Path(__file__).with_name("screenshot.png")))
            browser.close()


if __name__ == "__main__":
    main()
