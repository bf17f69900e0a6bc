"""Which items give the same at several levels (同类政策), as persons confirmed, and which item follows which."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database


class BenefitLinks:
    """Confirmed links between items, in an open database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, higher: str, lower: str, at: datetime) -> None:
        """Keep a link; one that is there stays as it is."""
        row = {"higher": higher, "lower": lower, "at": at.isoformat(timespec="seconds")}
        with self._db.atomic():
            self._db.table("benefit_links").insert(row, ignore=True)

    def remove(self, higher: str, lower: str) -> bool:
        """Take a link away; False if there was none."""
        with self._db.atomic():
            done = self._db.execute(
                "delete from benefit_links where higher = ? and lower = ?", [higher, lower]
            )
        return bool(done.rowcount)

    def linked(self, item_id: str) -> list[str]:
        """Every item linked with this one, ascending."""
        rows = self._db.query(
            "select lower as id from benefit_links where higher = :id "
            "union select higher from benefit_links where lower = :id order by 1",
            {"id": item_id},
        )
        return [row["id"] for row in rows]

    def follow(self, item_id: str, earlier_id: str, at: datetime) -> None:
        """Note that an item is the next edition of an earlier one; links of the earlier one are its own from now on."""
        row = {"item_id": item_id, "earlier_id": earlier_id, "at": at.isoformat(timespec="seconds")}
        with self._db.atomic():
            self._db.table("item_successions").insert(row, replace=True)
            for mine, other in (("higher", "lower"), ("lower", "higher")):
                self._db.execute(
                    f"insert or ignore into benefit_links ({mine}, {other}, at) "  # noqa: S608
                    f"select ?, {other}, at from benefit_links where {mine} = ?",
                    [item_id, earlier_id],
                )
            self._db.execute("delete from benefit_links where ? in (higher, lower)", [earlier_id])

    def find_earlier(self, item_id: str) -> str | None:
        """The item of the edition before, None if this is the first."""
        rows = self._db.query("select earlier_id from item_successions where item_id = ?", [item_id])
        return next((row["earlier_id"] for row in rows), None)

    def find_later(self, item_id: str) -> str | None:
        """The item of the next edition, None if there is none yet."""
        rows = self._db.query(
            "select item_id from item_successions where earlier_id = ? order by at desc, item_id limit 1",
            [item_id],
        )
        return next((row["item_id"] for row in rows), None)
