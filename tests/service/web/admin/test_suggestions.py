"""What a field suggests while one types."""

from __future__ import annotations

from service.web.admin.suggestions import suggestions
from tests.signed_in import SignedInClient


def test_a_region_is_found_by_name_and_by_code() -> None:
    assert suggestions("region", "九江")[0]["value"] == "江西省九江市"
    assert suggestions("region", "360400")[0]["value"] == "江西省九江市"


def test_an_industry_tells_its_code_and_what_it_lies_in() -> None:
    found = suggestions("industry", "软件开发")[0]
    assert (found["value"], found["hint"].split()[0]) == ("软件开发", "I651")
    assert suggestions("industry", "C39")[0]["hint"].startswith("C39")


def test_titles_are_suggested_once_each() -> None:
    names = [one["value"] for one in suggestions("title", "专精特新")]
    assert "专精特新中小企业" in names and len(names) == len(set(names))


def test_at_most_twenty_are_shown_and_an_unknown_kind_has_none(admin_client: SignedInClient) -> None:
    answer = admin_client.get("/admin/suggestions.json?kind=region&q=")
    assert len(answer.json["suggestions"]) == 20
    assert admin_client.get("/admin/suggestions.json?kind=nonsense&q=九江").json == {"suggestions": []}
