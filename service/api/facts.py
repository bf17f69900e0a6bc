"""GET /api/v1/facts: the table of facts as it is now, the built-in ones and those that administrators have added."""

from __future__ import annotations

from apiflask import APIBlueprint

from policy_corpus.facts import BUILT_IN, FACTS
from service.api.context import desk
from service.api.schemas import Answer
from service.shapes import Json

facts = APIBlueprint("facts", __name__, url_prefix="/api/v1", tag="企业")


class FactRow(Answer):
    """One fact. on_enterprise: stated by companies; else it is computed from another. retired: no longer asked for."""

    key: str
    label: str
    kind: str
    unit: str | None
    choices: list[str]
    synonyms: list[str]
    per_period: bool
    on_enterprise: bool
    built_in: bool
    retired: bool


class FactsAnswer(Answer):
    """The whole table, in the order of forms and templates."""

    facts: list[FactRow]


@facts.get("/facts")
@facts.output(FactsAnswer, description="全部企业指标")
@facts.doc(summary="企业指标表")
def fact_table() -> Json:
    """企业指标的键、名称、类型、单位与可选值，内置的和管理员添加的；企业数据与条件都以这些键为准。"""
    _ = desk().folder  # what was added is in place from here on
    return {
        "facts": [
            {
                "key": row.key,
                "label": row.label,
                "kind": row.kind.value,
                "unit": row.unit,
                "choices": list(row.choices),
                "synonyms": list(row.synonyms),
                "per_period": row.per_period,
                "on_enterprise": row.on_enterprise,
                "built_in": row.key in BUILT_IN,
                "retired": row.retired,
            }
            for row in FACTS.values()
        ]
    }
