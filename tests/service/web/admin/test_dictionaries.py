"""词典与指标 in the console: typed, shown what it would do, saved; everything as plain forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from apiflask import APIFlask

from policy_corpus.additions import NOTHING, use
from policy_corpus.reading.sandbox import Sandbox
from service.actors import Role
from service.store.data_folder import DataFolder
from service.store.jobs import JobState
from service.workflows.job_context import Tools
from service.workflows.run_jobs import run_jobs
from tests.service.workflows.conftest import now
from tests.service.workflows.dictionary_town import fill
from tests.signed_in import SignedInClient, open_app, signed_in

FACT = {
    "dictionary": "fact",
    "label": "机器人数量",
    "kind": "count",
    "unit": "台",
    "synonyms": "机器人保有量",
    "key": "robots",
}
PAGES = "/admin/dictionaries"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
        fill(folder, sandbox, tmp_path / "in")
    return tmp_path / "data"


@pytest.fixture
def application(data: Path) -> Iterator[APIFlask]:
    yield open_app(data)
    use(NOTHING)


@pytest.fixture
def admin(application: APIFlask) -> SignedInClient:
    return signed_in(application, Role.ADMIN)


def text(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined,no-any-return]


def save(admin: SignedInClient, form: dict[str, str]) -> str:
    answer = admin.post(f"{PAGES}/save", data=form)
    assert answer.status_code == 303, text(answer)
    return str(answer.headers["Location"])


@pytest.mark.parametrize("kind", ["term", "synonym", "title", "zone", "fact"])
def test_each_kind_has_a_list_with_what_is_built_in_and_a_form(admin: SignedInClient, kind: str) -> None:
    page = text(admin.get(f"{PAGES}?kind={kind}"))
    assert "还没有添加过" in page and "内置" in page
    assert "预览影响" in text(admin.get(f"{PAGES}/new?kind={kind}"))


def test_built_in_rows_are_looked_up(admin: SignedInClient) -> None:
    page = text(admin.get(f"{PAGES}?kind=zone&q=中关村科技"))
    assert "中关村科技园区" in page and "九江" not in page
    assert "没有符合条件的内置条目" in text(admin.get(f"{PAGES}?kind=zone&q=<script>"))


def test_an_entry_is_typed_shown_and_saved(admin: SignedInClient) -> None:
    effect = text(admin.post(f"{PAGES}/preview", data=FACT))
    assert "机器人数量不低于 30 台" in effect and "还没有保存" in effect and "保存并生效" in effect
    assert "还没有添加过" in text(admin.get(f"{PAGES}?kind=fact"))  # nothing is changed yet
    typed = text(admin.post(f"{PAGES}/preview", data=FACT | {"back": "yes"}))
    assert 'value="机器人数量"' in typed and "机器人保有量" in typed
    page = text(admin.get(save(admin, FACT)))
    assert "已保存，立即生效" in page and "robots" in page and "重新识别这 2 份文件" in page
    assert "机器人数量" in text(admin.get(f"{PAGES}?kind=fact"))


def test_the_next_request_takes_what_was_saved(admin: SignedInClient) -> None:
    assert admin.get("/api/openapi.json").status_code == 200
    save(admin, {"dictionary": "synonym", "words": "机器人、自动化装备"})
    assert "机器人</mark>" in text(admin.get("/policies?q=自动化装备"))


def test_a_refused_entry_keeps_what_was_typed(admin: SignedInClient) -> None:
    answer = admin.post(f"{PAGES}/preview", data=FACT | {"synonyms": "销售额", "key": "X"})
    assert answer.status_code == 422
    page = text(answer)
    assert "已是指标“营业收入”的名称" in page and "键应为" in page and ">销售额</textarea>" in page
    assert admin.post(f"{PAGES}/save", data={"dictionary": "term", "word": "<script>"}).status_code == 422


def test_the_second_of_two_administrators_sees_the_others_words(
    admin: SignedInClient, application: APIFlask
) -> None:
    page = save(admin, FACT)
    form = FACT | {"entry": page.split("/")[-1].split("?")[0], "revision": "1"}
    save(signed_in(application, Role.ADMIN), form | {"label": "机器人台数"})
    answer = admin.post(f"{PAGES}/save", data=form | {"label": "机器人总数"})
    page = text(answer)
    assert answer.status_code == 409 and "刚被" in page and "现在的内容：机器人台数" in page
    assert 'value="机器人总数"' in page  # nothing typed is lost
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision and save(admin, form | {"label": "机器人总数", "revision": revision[1]})


def test_an_entry_is_retired_and_removed_with_its_effect_shown(admin: SignedInClient) -> None:
    page = save(admin, FACT).split("?")[0]
    assert "停用" in text(
        admin.get(admin.post(f"{page}/retire", data={"revision": "1", "retired": "yes"}).headers["Location"])
    )
    assert "（停用）" in text(admin.get(f"{PAGES}?kind=fact"))
    assert "确认删除" in text(admin.get(f"{page}/removal"))
    assert admin.post(f"{page}/remove", data={"revision": "1"}).status_code == 409
    gone = admin.post(f"{page}/remove", data={"revision": "2"})
    assert "已删除" in text(admin.get(gone.headers["Location"])) and admin.get(page).status_code == 404


def test_documents_are_read_again_in_the_background(admin: SignedInClient, data: Path) -> None:
    page = save(admin, FACT).split("?")[0]
    asked = admin.post(f"{page}/reread").headers["Location"].split("#")[0]
    assert "正在后台重新识别" in text(admin.get(asked))
    with Sandbox() as sandbox:
        run_jobs(data, Tools(now, sandbox), once=True, periodic=())
    with DataFolder.open(data) as folder:
        assert next(folder.jobs.each(kind="dictionary.reread")).state is JobState.DONE
    assert "2 个已发布或改过的事项有待审核的修改" in text(admin.get(asked))
    assert "已被 2 个事项使用" in text(admin.get(page))


def test_entries_go_out_and_in_with_a_reason_beside_each_row_that_is_refused(admin: SignedInClient) -> None:
    save(admin, {"dictionary": "term", "word": "示例科创贷"})
    sheet = admin.get(f"{PAGES}/export")
    assert sheet.data[:2] == b"PK" and "示例科创贷" in admin.get(f"{PAGES}/export?as=csv").data.decode(
        "utf-8-sig"
    )
    rows = "类别,名称\n政策词,示例科创贷\n政策词,示例惠民贷\n政策词,示 例\n"
    page = text(admin.post(f"{PAGES}/import", data={"file": (BytesIO(rows.encode()), "示例.csv")}))
    assert "导入 1 条，已有 1 条，未导入 1 条" in page and "不能作为政策词" in page
    answer = admin.post(f"{PAGES}/import", data={"file": (BytesIO(b"a,b\n"), "示例.csv")})
    assert answer.status_code == 400 and "类别" in text(answer)


def test_the_table_of_facts_is_in_the_interface(admin: SignedInClient) -> None:
    save(admin, FACT)
    rows = admin.get("/api/v1/facts").get_json()["facts"]
    assert rows[0]["key"] == "region" and rows[0]["built_in"]
    assert rows[-1] == {
        "key": "robots", "label": "机器人数量", "kind": "count", "unit": "台", "choices": [], "synonyms": ["机器人保有量"],
        "per_period": False, "on_enterprise": True, "built_in": False, "retired": False,
    }  # fmt: skip


def test_who_changed_what_is_told(admin: SignedInClient) -> None:
    page = text(admin.get(save(admin, FACT)))
    assert "修改记录" in page and "（新增）" in page and "叫法：机器人保有量" in page
