"""Indexes are built for what was added to the tables, and anew when that changes; only those that depend on it."""

from __future__ import annotations

from pathlib import Path

from matching.segmenting import weigh_terms
from policy_corpus.additions import NOTHING, AddedTitle, Additions, use
from service.store.company_roster import fresh_roster
from service.store.data_folder import DataFolder
from service.store.policy_index import documents_index, fresh_catalogue, item_search_index
from service.store.shelf import ShelfKeeper
from tests.service.exports.town import AS_OF, ITEMS, make_town

TERM = Additions(*weigh_terms(("示例企业给予",)))
TITLE = Additions(titles=(AddedTitle("示例链长企业"),))
SYNONYM = Additions(synonyms=(("示例贷", "示例险"),))


def generations(folder: DataFolder) -> dict[str, str]:
    """Which build of each index is there now."""
    fresh_catalogue(folder)
    fresh_roster(folder)
    item_search_index(folder)
    documents_index(folder)
    return {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in (folder.path / "index").glob("*/current*")
    }


def test_each_index_is_built_anew_for_what_it_depends_on(tmp_path: Path) -> None:
    with DataFolder.open(make_town(tmp_path)) as folder:
        plain = generations(folder)
        assert set(plain) == {"items", "search", "documents", "enterprises"} and generations(folder) == plain
        for added, stale in (
            (TERM, set(plain)),
            (TITLE, {"items", "enterprises"}),
            (SYNONYM, {"enterprises"}),
        ):
            use(NOTHING)
            before = generations(folder)
            use(added)
            assert {name for name, one in generations(folder).items() if one != before[name]} == stale


def test_a_kept_shelf_is_read_again_after_a_change(tmp_path: Path) -> None:
    keeper = ShelfKeeper()
    with DataFolder.open(make_town(tmp_path)) as folder:
        shelf = keeper.get(folder, AS_OF)
        assert keeper.get(folder, AS_OF) is shelf and shelf.size == ITEMS
        use(TITLE)
        other = keeper.get(folder, AS_OF)
        assert other is not shelf and keeper.get(folder, AS_OF) is other and other.size == ITEMS
