"""Turn samples/sources/*.txt into the sample policy files: TXT, HTML, DOCX and PDF under samples/policies.

The built files are committed, so that running the product needs none of this; the tests rebuild what can
be rebuilt exactly and compare.

    python -m samples.build [--formats txt,html,docx,pdf] [--out samples/policies]

PDF needs playwright and a Chromium (environment HUIQI_CHROMIUM, or one on the path).
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from samples.docx_writer import render_docx
from samples.html_writer import content_blocks, html_block, render_html
from samples.policy_sources import BUILT_AT, Source, blocks_of, chinese_date, read_sources

POLICIES = Path(__file__).resolve().parent / "policies"
FORMATS = ("txt", "html", "docx", "pdf")


def render_txt(source: Source) -> bytes:
    """Plain text in the encoding that the head asks for; paragraphs open with two wide spaces."""
    lines = [("　　" if block.kind == "para" else "") + block.text for block in blocks_of(source)]
    lines.append(chinese_date(source.head["dated"]))
    newline = "\r\n" if source.head["encoding"] == "gb18030" else "\n"
    return (newline.join(lines) + newline).encode(source.head["encoding"])


_PRINT = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>
body{{font:15px/1.8 'Noto Serif CJK SC'}} h1{{font-size:21px;text-align:center}} h2{{font-size:17px;text-align:center}}
.wh{{text-align:center}} .sign{{text-align:right}} p,h1,h2{{margin:.35em 0}} strong{{font-weight:normal}}
table{{border-collapse:collapse;width:100%}} td{{border:1px solid #000;padding:3px 6px}} h1,h2{{font-weight:normal}}
</style></head><body><h1>{title}</h1>{content}</body></html>"""
_EDGE = "<div style=\"font:9px 'Noto Serif CJK SC';width:100%;text-align:center\">{}</div>"  # header, footer
_NUMBER = '— <span class="pageNumber"></span> —'
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def render_pdfs(sources: Iterable[Source]) -> Iterator[tuple[Source, bytes]]:
    """Print each source with Chromium: A4, running head, page numbers, ruled tables."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("HUIQI_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        page = browser.new_page()
        for source in sources:
            content = "\n".join(map(html_block, content_blocks(source)))
            page.set_content(_PRINT.format(title=html.escape(source.head["title"]), content=content))
            printed = page.pdf(
                format="A4",
                margin={"top": "22mm", "bottom": "20mm", "left": "24mm", "right": "24mm"},
                display_header_footer=True,
                header_template=_EDGE.format(f"{html.escape(source.head['authority'])}文件（示例）"),
                footer_template=_EDGE.format(_NUMBER),
            )
            yield source, _with_fixed_date(printed)
        browser.close()


def _with_fixed_date(printed: bytes) -> bytes:
    stamp = BUILT_AT.strftime("D:%Y%m%d%H%M%S").encode()
    return re.sub(rb"D:\d{14}", stamp, printed)  # same length, so no offset moves


RENDERERS: dict[str, Callable[[Source], bytes]] = {
    "txt": render_txt,
    "html": render_html,
    "docx": render_docx,
}


def build(formats: Iterable[str] = FORMATS, out: Path = POLICIES) -> int:
    """Write the files of these formats; returns how many."""
    wanted = [source for source in read_sources() if source.head["format"] in set(formats)]
    for source, content in _rendered(wanted):
        target = out / source.relative_path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(wanted)


def _rendered(sources: list[Source]) -> Iterator[tuple[Source, bytes]]:
    for source in sources:
        if source.head["format"] in RENDERERS:
            yield source, RENDERERS[source.head["format"]](source)
    pdfs = [source for source in sources if source.head["format"] == "pdf"]
    if pdfs:
        yield from render_pdfs(pdfs)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--out", type=Path, default=POLICIES)
    options = parser.parse_args()
    print(build(options.formats.split(","), options.out), "files")


if __name__ == "__main__":
    main()
