"""The console of 企业库 as a browser without scripts has it: list, import, one company, corrections, duplicates, removal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.web.admin import company_exports
from service.workflows.job_context import Tools
from service.workflows.run_jobs import run_jobs
from tests.factories import make_enterprise, make_uscc
from tests.signed_in import NOW, SignedInClient, open_app, signed_in

A, B, C = make_uscc(111111), make_uscc(222222), make_uscc(333333)
HEAD = "统一社会信用代码,企业名称,营业收入（万元）,从业人员"


@pytest.fixture
def app(tmp_path: Path) -> APIFlask:
    return open_app(tmp_path / "data")


@pytest.fixture
def clerk(app: APIFlask) -> SignedInClient:
    return signed_in(app, Role.ADMIN)


@pytest.fixture
def folder(app: APIFlask, tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data") as opened:
        first = make_enterprise(
            A, "示例云帆有限公司", revenue=1_000_000, region="360404", event=("<b>示例</b>",)
        )
        opened.enterprises.register(first, NOW)
        opened.enterprises.register(
            make_enterprise(B, "示例星海有限公司", revenue=2_000_000, employees=7), NOW
        )
        yield opened


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as opened:
        yield opened


def page(clerk: SignedInClient, address: str, status: int = 200) -> HTMLParser:
    answer = clerk.get(address)
    assert answer.status_code == status, answer.text[:300]
    return HTMLParser(answer.text)


def words(tree: HTMLParser, selector: str = "main") -> str:
    return " ".join(" ".join(node.text().split()) for node in tree.css(selector))


def post(clerk: SignedInClient, address: str, status: int = 303, **form: Any) -> Any:
    answer = clerk.post(address, data=form)
    assert answer.status_code == status, answer.text[:600]
    return answer


def hand_in(clerk: SignedInClient, text: str, name: str = "名录.csv") -> str:
    sent = {"file": (io.BytesIO(text.encode()), name)}
    answer = clerk.post("/admin/companies/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text[:600]
    return str(answer.headers["Location"])


def work(folder: DataFolder, sandbox: Sandbox) -> None:
    run_jobs(folder.path, Tools(lambda: NOW, sandbox), once=True, periodic=())


def sheet(answer: Any) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text[:300]
    active = load_workbook(io.BytesIO(answer.data)).active
    assert active is not None
    return [[cell.value for cell in row] for row in active.iter_rows()]


def test_a_file_is_checked_shown_confirmed_and_told(
    clerk: SignedInClient, folder: DataFolder, sandbox: Sandbox
) -> None:
    place = hand_in(clerk, f"{HEAD}\n{A},示例云帆有限公司,150,很多\n{C},示例丙公司,1,1\n坏,示例,1,1\n")
    assert "正在检查" in words(page(clerk, place))
    assert clerk.get(f"{place}/state.json").get_json()["busy"] is True
    work(folder, sandbox)
    checked = words(page(clerk, place))
    for said in (
        "新增企业1",
        "更新企业1",
        "不能导入的行1",
        "100 万元",
        "150 万元",
        "数值无法识别",
        "第 2 行",
    ):
        assert said in checked, said
    assert len(folder.enterprises) == 2
    faults = sheet(clerk.get(f"{place}/faults.xlsx"))
    assert faults[0] == [*HEAD.split(","), "第几行", "原因"] and [row[4] for row in faults[1:]] == [2, 4]
    assert sheet(clerk.get(f"{place}/changes.xlsx"))[1][4:7] == ["营业收入", "100 万元", "150 万元"]
    post(clerk, place, deed="confirm")
    assert "正在导入" in words(page(clerk, place))
    work(folder, sandbox)
    assert "新增企业1" in words(page(clerk, place)) and folder.enterprises.get(C).name == "示例丙公司"
    post(clerk, place, 409, deed="confirm")
    assert "名录.csv" in words(page(clerk, "/admin/companies/import"))


def test_a_file_can_be_given_up_and_a_bad_one_says_why(
    clerk: SignedInClient, folder: DataFolder, sandbox: Sandbox
) -> None:
    place = hand_in(clerk, f"{HEAD}\n{A},示例云帆有限公司,150,\n")
    post(clerk, place, deed="discard")
    assert "已放弃" in words(page(clerk, place)) and clerk.get(f"{place}/faults.xlsx").status_code == 404
    place = hand_in(clerk, "没有,表头\n1,2\n")
    work(folder, sandbox)
    assert "表头" in words(page(clerk, place), ".notice")
    sent = {"file": (io.BytesIO(b"<html>"), "导出.xls")}
    answer = clerk.post("/admin/companies/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 400 and "实际是网页" in answer.text
    assert "请先选择文件" in post(clerk, "/admin/companies/import", 400).text


def test_the_template_can_be_downloaded(clerk: SignedInClient) -> None:
    assert str(sheet(clerk.get("/admin/companies/template.xlsx"))[0][0]).startswith("统一社会信用代码")


def test_the_list_is_searched_and_narrowed(clerk: SignedInClient, folder: DataFolder) -> None:
    def found(query: str) -> set[str]:
        return {
            (a.attributes["href"] or "")[-18:]
            for a in page(clerk, f"/admin/companies?{query}").css("td.named a")
        }

    assert found("") == {A, B}
    assert found("q=云帆") == {A} and found(f"q={B[:10].lower()}{B[10:]}") == {B}
    assert (
        found("region=九江市") == {A}
        and found("missing=employees") == {A}
        and found("since=2030-01-01") == set()
    )
    assert found("source=企业填报&order=name") == {A, B} and found("band=9&order=x&page=x") == {A, B}
    assert "没有用于筛选" in words(page(clerk, "/admin/companies?region=不存在的地方&since=明天"), ".notice")
    assert "没有符合条件" in words(page(clerk, "/admin/companies?q=%25"))


def test_an_empty_library_says_what_to_do(clerk: SignedInClient) -> None:
    assert "请先导入企业名录" in words(page(clerk, "/admin/companies"), ".empty")


def test_the_list_is_exported_as_it_is_narrowed_and_the_export_is_noted(
    clerk: SignedInClient, folder: DataFolder
) -> None:
    rows = sheet(clerk.post("/admin/companies/export.xlsx", data={"q": "云帆"}))
    assert [row[0] for row in rows[1:]] == [A]
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.export"))
    assert told.after == {"家数": 1, "筛选": {"words": "云帆"}}


def test_a_large_export_is_written_in_the_background(
    clerk: SignedInClient, folder: DataFolder, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(company_exports, "MOST_AT_ONCE", 1)
    place = str(post(clerk, "/admin/companies/export.xlsx", q="示例").headers["Location"])
    assert (
        "正在导出" in words(page(clerk, place))
        and clerk.get(f"{place}/state.json").get_json()["busy"] is True
    )
    assert clerk.get(f"{place}.xlsx").status_code == 404
    work(folder, sandbox)
    assert "共 2 家企业" in words(page(clerk, place))
    assert sorted(row[0] for row in sheet(clerk.get(f"{place}.xlsx"))[1:]) == sorted([A, B])
    (told,) = folder.audit.entries(EntryFilter(event="enterprise.export"))
    assert (told.actor, told.after["家数"]) == ("admin", 2)
    post(clerk, f"/admin/companies/{A}/remove", reason="企业书面申请", code=A)
    assert clerk.get(place).status_code == 404 and not list((folder.path / "exports").rglob("*.xlsx"))


def test_a_fact_is_corrected_set_unknown_and_restored(clerk: SignedInClient, folder: DataFolder) -> None:
    place = f"/admin/companies/{A}/facts/revenue"
    revision = page(clerk, place).css_first("input[name=expected]").attributes["value"]
    post(clerk, place, expected=revision, value="120万元", reason="审计报告", period="2025", deed="save")
    assert folder.enterprises.get(A).facts["revenue"].value == 1_200_000
    stale = post(clerk, place, 409, expected=revision, value="130万元", reason="来电", deed="save")
    assert (
        "已被他人改为“120 万元（2025）”" in stale.text
        and 'value="130万元"' in stale.text
        and 'value="来电"' in stale.text
    )
    for form, said in (
        ({"value": "很多", "reason": "x"}, "无法识别"),
        ({"value": "5", "reason": ""}, "理由"),
        ({"value": " ", "reason": "x"}, "设为未知"),
    ):
        assert said in post(clerk, place, 400, deed="save", **form).text
    post(clerk, place, deed="unknown", reason="有误")
    assert "revenue" not in folder.enterprises.get(A).facts
    tree = page(clerk, place)
    assert [node.text() for node in tree.css("tbody .tag")] == ["现用"]
    entry = tree.css("tbody input[name=entry]")[0].attributes["value"]
    post(clerk, place, deed="restore", entry=entry)
    assert folder.enterprises.get(A).facts["revenue"].value == 1_200_000
    assert "更正与历史（4）" in words(page(clerk, f"/admin/companies/{A}"), "#f-revenue")


def test_sources_that_differ_are_shown_and_one_is_adopted(clerk: SignedInClient, folder: DataFolder) -> None:
    post(clerk, f"/admin/companies/{B}/facts/employees", value="9", reason="核实", deed="save")
    folder.enterprises.register(make_enterprise(B, "示例星海有限公司", employees=11), NOW)
    tree = page(clerk, f"/admin/companies/{B}")
    assert "11 人" in words(tree, "#f-employees .other") and "说法不一致" in words(tree, ".notice")
    assert "1 项说法不一" in words(page(clerk, "/admin/companies?conflicts=yes"))
    form = {node.attributes["name"]: node.attributes["value"] for node in tree.css("#f-employees input")}
    post(clerk, f"/admin/companies/{B}/facts/employees", deed="restore", **form)
    assert folder.enterprises.get(B).facts["employees"].value == 11
    assert not page(clerk, f"/admin/companies/{B}").css(".other")
    post(clerk, f"/admin/companies/{B}/facts/employees", value="12", reason="核实", deed="save")
    folder.enterprises.register(make_enterprise(B, "示例星海有限公司", employees=13), NOW)
    assert "13 人" in words(page(clerk, f"/admin/companies/{B}"), ".other")
    post(clerk, f"/admin/companies/{B}/facts/employees", deed="keep")
    assert not page(clerk, f"/admin/companies/{B}").css(".other")
    assert folder.enterprises.get(B).facts["employees"].value == 12


def test_a_company_is_renamed_and_what_it_states_is_never_markup(
    clerk: SignedInClient, folder: DataFolder
) -> None:
    post(
        clerk,
        f"/admin/companies/{A}",
        deed="rename",
        name="示例远航有限公司",
        reason="更名",
        expected="示例云帆有限公司",
    )
    tree = page(clerk, f"/admin/companies/{A}")
    assert words(tree, "h1") == "示例远航有限公司" and "曾用名：示例云帆有限公司" in words(tree)
    assert "<b>示例</b>" in words(tree, "#f-event") and not tree.css("#f-event b")
    bad = post(
        clerk,
        f"/admin/companies/{A}",
        400,
        deed="rename",
        name="示例丙",
        reason="更名",
        expected="示例云帆有限公司",
    )
    assert "已被他人改为" in bad.text


def test_duplicates_are_compared_merged_found_by_both_codes_and_split(
    clerk: SignedInClient, folder: DataFolder
) -> None:
    folder.enterprises.register(make_enterprise(C, "示例云帆有限责任公司", revenue=3_000_000), NOW)
    tree = page(clerk, "/admin/companies/duplicates")
    assert words(tree, ".pair strong") in (
        "示例云帆有限公司 示例云帆有限责任公司",
        "示例云帆有限责任公司 示例云帆有限公司",
    )
    tree = page(clerk, f"/admin/companies/merge?one={A}&other={C}&order=kept")
    form = {node.attributes["name"]: node.attributes["value"] for node in tree.css("main input[type=hidden]")}
    chosen = {node.attributes["name"]: node.attributes["value"] for node in tree.css("input[checked]")}
    assert chosen["c-revenue"] == "loser" and chosen["c-region"] == "winner"
    assert "理由" in post(clerk, "/admin/companies/merge", 400, **form, **chosen, reason=" ").text
    post(clerk, "/admin/companies/merge", **form, **(chosen | {"c-name": "loser"}), reason="同一家")
    assert clerk.get(f"/admin/companies/{C}").headers["Location"].endswith(A)
    assert (
        folder.enterprises.get(C).name == "示例云帆有限责任公司"
        and clerk.get(f"/enterprises/{C}").status_code == 200
    )
    assert post(clerk, "/admin/companies/merge", 400, **form, **chosen, reason="同一家").status_code == 400
    post(clerk, f"/admin/companies/{A}", deed="split", loser=C)
    assert folder.enterprises.get(A).name == "示例云帆有限公司" and folder.enterprises.get(C).uscc == C
    post(clerk, "/admin/companies/distinct", one=A, other=C)
    assert "没有发现疑似重复" in words(page(clerk, "/admin/companies/duplicates"))


@pytest.mark.parametrize("query", ["", "one=坏代码&other=x", f"one={A}&other={A}", f"one={A}&other={C}"])
def test_a_comparison_that_cannot_be_says_why(clerk: SignedInClient, folder: DataFolder, query: str) -> None:
    assert words(page(clerk, f"/admin/companies/merge?{query}", 400), "[role=alert]")


def test_a_company_is_removed_only_when_its_code_is_typed(clerk: SignedInClient, folder: DataFolder) -> None:
    assert "不一致，没有删除" in post(clerk, f"/admin/companies/{A}/remove", 400, reason="申请", code=B).text
    assert "理由" in post(clerk, f"/admin/companies/{A}/remove", 400, reason="", code=A).text
    assert "全部指标和历史" in words(page(clerk, f"/admin/companies/{A}/remove"))
    post(clerk, f"/admin/companies/{A}/remove", reason="企业书面申请", code=A.lower())
    assert clerk.get(f"/admin/companies/{A}").status_code == 404 and len(folder.enterprises) == 1


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/companies/{C}",
        "/admin/companies/x",
        "/admin/companies/imports/9",
        f"/admin/companies/{C}/facts/revenue",
    ],
)
def test_what_is_not_there_is_answered_as_such(
    clerk: SignedInClient, folder: DataFolder, address: str
) -> None:
    assert clerk.get(address).status_code == 404


def test_the_office_and_companies_are_kept_out(app: APIFlask, folder: DataFolder) -> None:
    for client in (signed_in(app, Role.OFFICE), signed_in(app, Role.ENTERPRISE, A)):
        for address in ("/admin/companies", f"/admin/companies/{A}", "/admin/companies/duplicates"):
            assert client.get(address).status_code == 403
        assert client.post("/admin/companies/export.xlsx").status_code == 403
        assert client.post(f"/admin/companies/{B}/facts/revenue", data={"value": "1"}).status_code == 403


def test_every_input_has_a_label_and_no_figure_stands_in_an_address(
    clerk: SignedInClient, folder: DataFolder
) -> None:
    for address in ("/admin/companies", f"/admin/companies/{A}", f"/admin/companies/{A}/facts/revenue",
                    "/admin/companies/duplicates", "/admin/companies/import", f"/admin/companies/{A}/remove",
                    f"/admin/companies/merge?one={A}&other={B}"):  # fmt: skip
        tree = page(clerk, address)
        for field in tree.css("main input:not([type=hidden]), main select, main textarea"):
            inside, node = False, field.parent
            while node is not None and node.tag != "form":
                inside, node = inside or node.tag == "label", node.parent
            given = field.attributes.get("id")
            assert inside or field.attributes.get("aria-label") or tree.css_first(f'label[for="{given}"]'), (
                address
            )
        links = [link.attributes.get("href") or "" for link in tree.css("main a")]
        assert not [link for link in links if "1000000" in link or "2000000" in link]
