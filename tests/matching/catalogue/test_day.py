"""The view of one day: the windows of all items at once agree with the windows one by one."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.catalogue.catalogue import Catalogue
from matching.catalogue.day import Day, Standing
from matching.model import Openness
from matching.openness import openness, window_on
from matching.ranking import NO_DEADLINE
from policy_corpus.model import ApplicationWindow, PolicyItem
from tests.factories import make_condition, make_item, make_span

DAYS = st.dates(date(2023, 12, 1), date(2028, 3, 1))
WINDOWS = st.none() | st.builds(
    ApplicationWindow,
    st.just(make_span("申报期")),
    st.none() | DAYS,
    st.none() | DAYS,
    st.booleans(),
    st.booleans(),
)
STANDINGS = st.builds(Standing, st.booleans(), st.none() | DAYS)


def _items(windows: list[ApplicationWindow | None]) -> list[PolicyItem]:
    return [
        make_item(make_condition(), id=f"{number:016x}-001", window=window)
        for number, window in enumerate(windows)
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WINDOWS, STANDINGS), min_size=1, max_size=6), DAYS)
def test_the_windows_of_a_day_are_those_of_each_item_on_that_day(
    listed: list[tuple[ApplicationWindow | None, Standing]], as_of: date
) -> None:
    items = _items([window for window, _ in listed])
    standings = {item.document_id: standing for item, (_, standing) in zip(items, listed, strict=True)}
    day = Day.of(Catalogue.build(1, items, lambda _: ""), as_of, standings)
    for item in items:
        at, standing = day.catalogue.find(item.id), standings[item.document_id]
        assert at is not None
        window = window_on(item, as_of, standing.not_before)
        assert day.openness(at) is openness(window, as_of)
        closes = window.closes_on if window else None
        assert day.deadline[at] == (closes.toordinal() if closes else NO_DEADLINE)
        assert bool(day.listed[at]) is standing.listed
        shown = day.item(at).window
        assert (
            (shown.opens_on, shown.closes_on) == (window.opens_on, window.closes_on) if window else not shown
        )


def test_items_of_a_document_that_is_not_known_are_not_listed() -> None:
    (item,) = _items([None])
    day = Day.of(Catalogue.build(1, [item], lambda _: ""), date(2026, 11, 24), {})
    assert not day.listed.any()


def test_states_are_asked_for_by_name() -> None:
    items = _items([None, ApplicationWindow(make_span("长期"), always=True)])
    standings = {item.document_id: Standing(listed=True) for item in items}
    day = Day.of(Catalogue.build(1, items, lambda _: ""), date(2026, 11, 24), standings)
    assert day.is_in([Openness.ALWAYS]).tolist() == [False, True]
    assert day.is_in(Openness).all()
