"""A library with something of everything that the upkeep looks after."""

from __future__ import annotations

from pathlib import Path

from policy_corpus.reading.sandbox import Sandbox
from service.store.data_folder import DataFolder
from service.workflows.edit_items import save_edit
from service.workflows.load_policies import load_policies
from service.workflows.review_policies import approve
from service.workflows.upkeep.run import run_upkeep
from tests.service.workflows.upkeep.conftest import CLERK, measures
from tests.signed_in import NOW, TODAY


def fill(data: Path) -> None:
    """Two editions with a hand edit, a repeal, an ended document, a yearly one, the same benefit at two levels, a draft."""
    city = "九江市支持企业创新若干措施（示例）"
    texts = {
        "old": measures(city, issuer="九江市人民政府", number="九府示〔2026〕11号"),
        "new": measures(city, issuer="九江市人民政府", number="九府示〔2026〕11号", reward=50),
        "province": measures("江西省支持企业创新若干措施（示例）", issuer="江西省人民政府", number="赣府示〔2026〕2号"),
        "yearly": measures("九江市展会补助办法（示例）", issuer="九江市商务局", number="九商示〔2026〕5号",
                           more="第三条 申报时间为每年3月1日至4月30日。\n"),
        "ended": measures("九江市老措施（示例）", issuer="九江市人民政府", number="九府示〔2022〕5号",
                          dated="2022年1月3日", term="本措施自2022年1月1日起施行，有效期至2025年12月31日。"),
        "repealing": measures("九江市新措施（示例）", issuer="九江市人民政府", number="九府示〔2026〕6号",
                              more="第八条 《九江市老措施（示例）》（九府示〔2022〕5号）同时废止。\n"),
        "draft": measures("九江市待审核的措施（示例）", issuer="九江市人民政府", number="九府示〔2026〕15号"),
    }  # fmt: skip
    data.parent.mkdir(parents=True, exist_ok=True)
    with DataFolder.open(data) as folder, Sandbox() as sandbox:
        for name, text in texts.items():
            path = data.parent / f"{name}.txt"
            path.write_text(text, encoding="utf-8")
            [outcome] = load_policies(folder, [path], sandbox, lambda: NOW, publish=name != "draft")
            if name == "old":
                item = folder.policies.items(document_id=outcome.document_id)[0]
                save_edit(folder, item.id, {"title": "高企奖励"}, revision=0, by=CLERK, now=NOW)
                approve(folder, [item.id], by=CLERK, now=NOW)
        run_upkeep(folder, today=TODAY, now=NOW)
