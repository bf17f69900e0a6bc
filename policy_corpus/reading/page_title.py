"""The title of a document that is given as pages: called by the readers of PDF, OFD and pictures."""

from __future__ import annotations

from policy_corpus.reading.normalising import count_hanzi
from policy_corpus.reading.pdf_lines import Line


def find_title(texts: list[list[Line]]) -> str | None:
    """The largest lines at the top of the first page, below the 发文字号 if there is one; None if none is larger."""
    first = texts[0][:15] if texts else []
    sizes = sorted(line.size for lines in texts for line in lines for _ in line.text)
    if not first or not sizes:
        return None
    numbered = [i for i, line in enumerate(first) if "〕" in line.text and line.text.endswith("号")]
    first = first[numbered[0] + 1 :] if numbered else first  # above it stands the letterhead (红头)
    large = sizes[len(sizes) // 2] * 1.15
    titles: list[Line] = []
    for line in first:
        if line.size <= large or (titles and abs(line.size - titles[0].size) > 0.5):
            if titles:
                break
        elif count_hanzi(line.text) >= 2 and not line.text.endswith(("文件", "。")):
            titles.append(line)
    title = "".join(line.text for line in titles)
    return title if count_hanzi(title) >= 4 else None
