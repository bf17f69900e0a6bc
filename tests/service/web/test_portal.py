"""The pages over the loaded samples, as a browser without scripts gets them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from service.store.data_folder import DataFolder
from tests.conftest import SAMPLES
from tests.signed_in import SignedInClient

DEMO = "91360404MADE00011T"


@pytest.fixture
def client(office_client: SignedInClient) -> FlaskClient:
    """Somebody of the business office, who may see every company."""
    return office_client


def page(client: FlaskClient, address: str, status: int = 200) -> HTMLParser:
    response = client.get(address)
    assert response.status_code == status, response.text[:400]
    return HTMLParser(response.text)


def text(tree: HTMLParser, selector: str) -> str:
    return " ".join(" ".join(node.text().split()) for node in tree.css(selector))


def test_company_is_found_by_name_and_by_code(client: FlaskClient) -> None:
    for words in ("云帆智能", DEMO, DEMO.lower(), f"{DEMO[:8]} {DEMO[8:]}"):
        tree = page(client, f"/?q={words}")
        assert f"/enterprises/{DEMO}" in {link.attributes.get("href") for link in tree.css("a")}, words


def test_unknown_company_is_answered_with_what_to_do(client: FlaskClient) -> None:
    assert "没有找到" in text(page(client, "/?q=不存在的公司名称"), "main")
    assert "核对" in text(page(client, "/enterprises/91360404MADE00011X", 404), "main")


def test_list_shows_the_groups_in_order_with_reasons(client: FlaskClient) -> None:
    tree = page(client, f"/enterprises/{DEMO}")
    assert text(tree, "h1") == "九江示例云帆智能装备有限公司"
    groups = [node.text() for node in tree.css("section h2")]
    places = [
        next(i for i, group in enumerate(groups) if word in group)
        for word in ("可享受", "需您确认", "暂不符合")
    ]
    assert places == sorted(places)
    assert "专精特新“小巨人”企业" in text(tree, ".card h3")
    assert "原文" in text(tree, ".card")


def test_every_link_of_the_journey_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    open_links = ["/", f"/enterprises/{DEMO}", "/policies?q=专精特新", "/documents", "/help"]
    while open_links and len(seen) < 120:
        address = open_links.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        if response.mimetype == "text/html" and len(seen) < 40:
            links = [link.attributes.get("href") or "" for link in HTMLParser(response.text).css("a")]
            open_links += [link.partition("#")[0] for link in links if link.startswith("/")][:25]
    assert len(seen) > 60


def test_item_page_puts_each_condition_beside_its_words(client: FlaskClient) -> None:
    tree = page(client, f"/enterprises/{DEMO}")
    links = [link.attributes["href"] or "" for link in tree.css(".card h3 a")]
    for link in links[:6]:
        item = page(client, link)
        targets = {node.attributes.get("id") for node in item.css("[id]")}
        wanted = [a.attributes["href"] or "" for a in item.css(".condition a[data-to]")]
        assert wanted and all(target.removeprefix("#") in targets for target in wanted), link
        assert item.css("mark") and text(item, ".condition-verdict")


def test_marked_words_are_the_document_s_own(client: FlaskClient, sample_data: object) -> None:
    link = page(client, f"/enterprises/{DEMO}").css_first(".card h3 a").attributes["href"] or ""
    item_id = link.split("/")[2].split("?")[0]
    with DataFolder.open(sample_data) as folder:  # type: ignore[arg-type]
        document = folder.documents.get(item_id.split("-")[0])
    squashed = re.sub(r"\s", "", document.text)
    for mark in page(client, link).css(".paper mark"):
        assert re.sub(r"\s", "", mark.text()) in squashed


def test_a_hit_found_by_its_document_s_title_is_marked_there(client: FlaskClient) -> None:
    cards = page(client, "/policies?q=稳岗").css("main article, main .card")
    found = [card for card in cards if "稳岗" in text(card, "p.quiet.small")]
    assert found and all("稳岗" in [mark.text() for mark in card.css("p.quiet.small mark")] for card in found)


@pytest.mark.parametrize("filters", ["level=市", "kind=奖励", "open=now", "group=undetermined&page=2"])
def test_list_can_be_narrowed(client: FlaskClient, filters: str) -> None:
    assert page(client, f"/enterprises/{DEMO}?{filters}").css_first("h1") is not None


def test_search_shows_facets_and_keeps_the_words(client: FlaskClient) -> None:
    tree = page(client, "/policies?q=技术改造")
    assert tree.css_first("input[name=q]").attributes["value"] == "技术改造"
    assert tree.css(".facet a") and tree.css("mark.term")
    narrowed = tree.css_first(".facet a").attributes["href"] or ""
    assert "q=" in narrowed and page(client, narrowed).css_first("h1") is not None


def test_search_without_a_hit_says_what_to_try(client: FlaskClient) -> None:
    assert len(text(page(client, "/policies?q=量子纠缠马戏团"), ".empty")) > 10


@pytest.mark.parametrize(
    "address",
    [
        "/policies?page=999999",
        "/policies?page=-1",
        "/policies?page=x",
        f"/policies?q={'奖' * 3000}",
        "/?q=%00%ff",
    ],
)
def test_odd_parameters_never_break_a_page(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (200, 400)


@pytest.mark.parametrize(
    "address", ["/items/x", "/documents/0000000000000000", "/enterprises/x", "/nowhere", "/items/..%2f"]
)
def test_what_is_not_there_is_said_in_chinese_with_a_way_back(client: FlaskClient, address: str) -> None:
    tree = page(client, address, 404)
    assert "没有找到" in text(tree, "h1") and tree.css_first("main a") is not None


def test_original_is_a_download_of_the_same_bytes(client: FlaskClient, sample_data: object) -> None:
    with DataFolder.open(sample_data) as folder:  # type: ignore[arg-type]
        document = next(one for one in folder.documents.all() if one.format == "pdf")
    response = client.get(f"/documents/{document.id}/original")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.mimetype == "application/octet-stream"
    assert response.data in {path.read_bytes() for path in (SAMPLES / "policies").rglob("*.pdf")}


def test_draft_is_shown_as_one_and_gives_no_item(client: FlaskClient) -> None:
    tree = page(client, "/documents?q=低空经济")
    link = tree.css_first("main .rows a, main li a").attributes["href"] or ""
    assert "征求意见稿" in text(page(client, link), "main")
    assert "低空经济" not in text(page(client, "/policies?q=低空物流航线"), ".card h3")


def test_pages_have_one_heading_a_language_and_labels(client: FlaskClient) -> None:
    for address in ("/", f"/enterprises/{DEMO}", "/policies?q=奖励", "/documents", "/help"):
        tree = page(client, address)
        assert len(tree.css("h1")) == 1 and tree.css_first("html").attributes["lang"] == "zh-CN"
        for field in tree.css("input:not([type=hidden]), select"):
            name = field.attributes.get("id")
            inside = field.parent is not None and field.parent.tag == "label"
            assert inside or field.attributes.get("aria-label") or tree.css_first(f'label[for="{name}"]'), (
                address,
                name,
            )
        levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]
        assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels)), address
