"""A clerk's folder: thirty files of every format, each an invented policy of its own, and some that are none."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter
import xlwt

from tests.policy_corpus.reading.docx_factory import make_docx, para
from tests.policy_corpus.reading.ofd_factory import make_ofd
from tests.policy_corpus.reading.pdf_factory import flow, make_pdf
from tests.policy_corpus.reading.zip_factory import zip_with

_FIXTURES = Path(__file__).parent / "policy_corpus" / "reading" / "fixtures"
# One trade a policy, so that each file is a document of its own and no two are taken for copies.
_TRADES = (
    "智能装备", "竹木家具", "特色食品", "生物医药", "新型建材", "纺织服装", "光电信息", "现代物流", "文化旅游", "电子商务",
    "新能源电池", "节能环保", "海绵城市", "软件服务", "数控机床", "绿色化工", "陶瓷艺术", "冷链仓储", "工业设计", "检验检测",
)  # fmt: skip
_MATTERS = (
    ("首次认定为高新技术企业", "一次性奖励{sum}万元"),
    ("上年度营业收入达到2000万元以上", "奖励{sum}万元"),
    ("研发费用占营业收入比例达到5%以上", "补助{sum}万元"),
    ("从业人员30人以上", "给予稳岗补贴{sum}万元"),
    ("成立满1年且拥有发明专利5项以上", "资助{sum}万元"),
)
REFUSED = ("空白.txt", "安装程序.pdf", "加密目录.zip")


def policy(number: int) -> list[str]:
    """The lines of the policy with that number (0 and up)."""
    trade = _TRADES[number % len(_TRADES)]
    year = 2024 + number % 3
    lines = [
        f"九江市支持{trade}产业第{number + 1}号示例措施",
        f"九府示字〔{year}〕{100 + number}号",
        f"为促进九江市{trade}产业健康发展，结合我市实际，制定本示例措施。",
    ]
    for at in range(2):
        condition, grant = _MATTERS[(number + at) % len(_MATTERS)]
        sum_ = 5 + number + 10 * at
        lines.append(f"第{'一二'[at]}条 对在九江市注册、{condition}的{trade}企业，{grant.format(sum=sum_)}。")
    lines += [
        f"第三条 本措施由九江市{trade}产业工作专班负责解释。",
        f"九江市人民政府\n{year}年3月{number % 27 + 1}日",
    ]
    return lines


def text_of(number: int) -> str:
    """The same as a plain text."""
    return "\n".join(policy(number)) + "\n"


def mixed_files() -> dict[str, bytes]:
    """File name -> bytes; thirty files, of which REFUSED are no policy files."""
    files: dict[str, bytes] = {}
    for number in range(4):
        files[f"示例措施{number}.txt"] = text_of(number).encode("gb18030" if number % 2 else "utf-8")
    for number in range(4, 9):
        files[f"示例措施{number}.docx"] = make_docx("".join(para(line) for line in policy(number)))
    for number in range(9, 13):
        files[f"示例措施{number}.pdf"] = make_pdf(flow(policy(number)))
    for number in range(13, 17):
        files[f"示例措施{number}.html"] = _page(number).encode("gb18030" if number % 2 else "utf-8")
    for number in range(17, 20):
        files[f"示例措施{number}.ofd"] = make_ofd(flow(policy(number)))
    for number in range(20, 22):
        files[f"示例措施{number}.md"] = ("# " + text_of(number)).encode()
    files["省市县清单.xlsx"] = _xlsx_list()
    files["部门清单.xls"] = _xls_list()
    files["示例通知.doc"] = (_FIXTURES / "notice.doc").read_bytes()
    files["网页存档.mht"] = _mht(22)
    inside = {f"文件夹/示例措施{number}.txt": text_of(number).encode("gb18030") for number in range(23, 26)}
    files["打包文件.zip"] = zip_with(inside)
    files["没有后缀的文件"] = text_of(26).encode()
    files["空白.txt"] = b""
    files["安装程序.pdf"] = b"MZ\x90\x00" + b"\x00" * 400
    files["加密目录.zip"] = b"PK\x03\x04" + b"\x00" * 40
    return files


def _page(number: int) -> str:
    title, *lines = policy(number)
    charset = "gb18030" if number % 2 else "utf-8"
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<!doctype html><html><head><meta charset="{charset}"><title>{title}-示例网</title></head>'
        f'<body><div class="nav"><a href="/">首页</a></div><div class="content"><h1>{title}</h1>{body}</div></body></html>'
    )


def _mht(number: int) -> bytes:
    head = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    )
    part = "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return (head + part + _page(number) + "\r\n--b--\r\n").encode()


_HEADS = ("序号", "政策名称", "申报条件", "支持标准", "主管部门", "申报截止日期")
_ROWS = (
    (1, "九江市示例数字化改造奖励", "上年度营业收入2000万元以上的工业企业", "奖励20万元", "九江市工业和信息化局", "2027年6月30日"),
    (2, "九江市示例展会补助", "从业人员30人以上", "补助3万元", "九江市商务局", "2027年9月30日"),
)  # fmt: skip


def _xlsx_list() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("惠企政策清单")
        for at, row in enumerate((_HEADS, *_ROWS)):
            sheet.write_row(at, 0, row)
    return made.getvalue()


def _xls_list() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    rows = [(number, title.replace("示例", "示例部门"), *rest) for number, title, *rest in _ROWS]
    for at, row in enumerate((_HEADS, *rows)):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
