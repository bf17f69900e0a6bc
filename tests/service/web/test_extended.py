"""A document whose term a later one extends: its items stay listed, and its page says until when and by which."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from policy_corpus.reading.sandbox import Sandbox
from service.app import create_app
from service.settings import Settings
from service.store.data_folder import DataFolder
from service.workflows.load_policies import find_files, load_policies
from tests.signed_in import TODAY

OLD = """示例市促进示例产业发展若干措施
示府规〔2021〕9号
第一条 对高新技术企业，给予一次性奖励20万元。
第二条 本措施自2021年1月1日起施行，有效期至2023年12月31日。
示例市人民政府
2020年12月20日
"""
NEW = """示例市人民政府关于延长《示例市促进示例产业发展若干措施》有效期的通知
示府规〔2023〕20号
经研究，决定将《示例市促进示例产业发展若干措施》（示府规〔2021〕9号）有效期延长至2028年12月31日。
示例市人民政府
2023年12月1日
"""


def test_extended_document_says_until_when_and_by_which(tmp_path: Path) -> None:
    source = tmp_path / "文件"
    source.mkdir()
    (source / "旧.txt").write_text(OLD, encoding="utf-8")
    (source / "新.txt").write_text(NEW, encoding="utf-8")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with DataFolder.open(tmp_path / "data") as folder, Sandbox() as sandbox:
        outcomes = list(load_policies(folder, find_files([source]), sandbox, lambda: now, publish=True))
        old = next(one.document_id for one in outcomes if one.path.endswith("旧.txt"))
    app = create_app(Settings(data=tmp_path / "data"), today=lambda: TODAY)
    with app.test_client() as client:
        page = client.get(f"/documents/{old}").text
        assert "有效期延长至2028年12月31日" in page and "关于延长" in page
        assert "高新技术企业" in client.get("/policies?q=高新技术企业").text
