"""Signing in, sessions that end when they must, codes that work once, and locks that hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from service.actors import COMMAND_LINE, Role
from service.app import create_app
from service.settings import Settings
from service.store.audit import EntryFilter
from service.store.data_folder import DataFolder
from service.workflows import manage_accounts
from tests.signed_in import NOW, TODAY

PASSWORD, OTHER_PASSWORD = "Pine-harbor7", "Quiet-river9"


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def own_app(tmp_path: Path, clock: Clock) -> APIFlask:
    with DataFolder.open(tmp_path) as folder:
        for name, role in (("示例甲", Role.ADMIN), ("示例乙", Role.OFFICE)):
            manage_accounts.add_account(folder, name, role, PASSWORD, by=COMMAND_LINE, now=NOW)
    return create_app(Settings(data=tmp_path), today=lambda: TODAY, now=clock)


def token_of(client: FlaskClient, address: str = "/signin") -> str:
    return client.get(address).text.split('name="csrf_token" value="')[1].split('"')[0]


def sign_in(client: FlaskClient, name: str = "示例甲", password: str = PASSWORD, **kw: str) -> int:
    given = {"name": name, "password": password, "csrf_token": token_of(client), **kw}
    return client.post("/signin", data=given).status_code


def test_the_right_password_opens_the_desk_and_signing_out_ends_the_session(own_app: APIFlask) -> None:
    client = own_app.test_client()
    assert client.get("/admin/").status_code == 302
    assert sign_in(client) == 303
    assert client.get("/admin/").status_code == 200
    cookie = client.get_cookie("huiqi_session")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    client.post("/signout", data={"csrf_token": token_of(client, "/account")})
    client.set_cookie("huiqi_session", cookie.value)
    assert client.get("/admin/").status_code == 302, "the old cookie is worthless"


def test_a_session_gets_a_new_number_at_each_sign_in(own_app: APIFlask) -> None:
    client = own_app.test_client()
    client.set_cookie("huiqi_session", "chosen-by-somebody-else")
    sign_in(client)
    cookie = client.get_cookie("huiqi_session")
    assert cookie is not None and cookie.value != "chosen-by-somebody-else"


@pytest.mark.parametrize(
    ("step", "times", "lives"), [(29, 1, True), (31, 1, False), (25, 28, True), (25, 29, False)]
)
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(
    own_app: APIFlask, clock: Clock, step: int, times: int, lives: bool
) -> None:
    client = own_app.test_client()
    sign_in(client)
    for _ in range(times):
        clock.now += timedelta(minutes=step)
        answer = client.get("/admin/")
    assert (answer.status_code == 200) is lives


def test_unknown_wrong_and_disabled_are_refused_in_the_same_words(own_app: APIFlask, tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        manage_accounts.set_disabled(folder, "示例乙", True, by=COMMAND_LINE, now=NOW)
    told = set()
    for name, password in (("没有此人", PASSWORD), ("示例甲", "Wrong-word1"), ("示例乙", PASSWORD)):
        client = own_app.test_client()
        given = {"name": name, "password": password, "csrf_token": token_of(client)}
        answer = client.post("/signin", data=given)
        assert answer.status_code == 401
        told.add(answer.text.split('role="alert">')[1].split("<")[0])
    assert len(told) == 1


@pytest.mark.parametrize("name", ["示例甲", "没有此人"])
def test_five_wrong_ones_lock_a_name_for_a_quarter_of_an_hour(
    own_app: APIFlask, clock: Clock, name: str
) -> None:
    client = own_app.test_client()
    for _ in range(5):
        assert sign_in(client, name, "Wrong-word1") == 401
    given = {"name": name, "password": PASSWORD, "csrf_token": token_of(client)}
    answer = client.post("/signin", data=given, headers={"X-Forwarded-For": "8.8.8.8"})
    assert answer.status_code == 401 and "15 分钟后再试" in answer.text
    clock.now += timedelta(minutes=16)
    assert sign_in(client, "示例甲") == 303


def test_twenty_wrong_ones_lock_an_address(own_app: APIFlask) -> None:
    client = own_app.test_client()
    for number in range(20):
        sign_in(client, f"名字{number}", "Wrong-word1")
    assert sign_in(client) == 401


def test_a_lock_outlives_the_process(own_app: APIFlask, tmp_path: Path, clock: Clock) -> None:
    client = own_app.test_client()
    for _ in range(5):
        sign_in(client, "示例甲", "Wrong-word1")
    again = create_app(Settings(data=tmp_path), today=lambda: TODAY, now=clock).test_client()
    assert sign_in(again) == 401


def test_signing_in_leads_back_to_where_one_came_from_and_nowhere_else(own_app: APIFlask) -> None:
    for following, expected in (
        ("/admin/audit", "/admin/audit"),
        ("//evil.example/x", "/admin/"),
        ("https://evil.example", "/admin/"),
        ("/\\evil.example", "/admin/"),
    ):
        client = own_app.test_client()
        given = {"name": "示例甲", "password": PASSWORD, "csrf_token": token_of(client), "next": following}
        assert client.post("/signin", data=given).headers["Location"] == expected


def test_the_first_administrator_comes_in_by_a_code_that_works_once(tmp_path: Path) -> None:
    with DataFolder.open(tmp_path) as folder:
        invitation = manage_accounts.first_admin_code(folder, by=COMMAND_LINE, now=NOW)
    assert invitation is not None
    app = create_app(Settings(data=tmp_path), today=lambda: TODAY, now=lambda: NOW)
    client = app.test_client()
    given = {
        "code": invitation.code.lower().replace("-", " "),
        "name": "示例首位",
        "password": PASSWORD,
        "again": PASSWORD,
        "csrf_token": token_of(client, "/activate"),
    }
    assert client.post("/activate", data={**given, "again": "x"}).status_code == 400, "the code stays good"
    answer = client.post("/activate", data=given)
    assert answer.status_code == 303 and client.get("/admin/").status_code == 200
    other = app.test_client()
    given["csrf_token"] = token_of(other, "/activate")
    assert other.post("/activate", data={**given, "name": "示例次位"}).status_code == 400
    with DataFolder.open(tmp_path) as folder:
        assert manage_accounts.first_admin_code(folder, by=COMMAND_LINE, now=NOW) is None


def test_a_new_password_ends_every_other_session(own_app: APIFlask) -> None:
    one, other = own_app.test_client(), own_app.test_client()
    sign_in(one)
    sign_in(other)
    given = {"old": PASSWORD, "password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    answer = one.post("/account", data={**given, "csrf_token": token_of(one, "/account")})
    assert answer.status_code == 303
    assert one.get("/admin/").status_code == 200 and other.get("/admin/").status_code == 302


def test_a_password_that_has_served_its_time_must_be_changed_first(own_app: APIFlask, clock: Clock) -> None:
    clock.now += timedelta(days=91)
    client = own_app.test_client()
    sign_in(client)
    assert client.get("/admin/").headers["Location"] == "/account"
    assert "超过 90 天" in client.get("/account").text
    same = {"old": PASSWORD, "password": PASSWORD, "again": PASSWORD}
    answer = client.post("/account", data={**same, "csrf_token": token_of(client, "/account")})
    assert answer.status_code == 400 and "最近 5 次" in answer.text


def test_the_last_administrator_cannot_be_shut_out(own_app: APIFlask) -> None:
    client = own_app.test_client()
    sign_in(client)
    for deed in ({"deed": "disable"}, {"deed": "role", "role": "office"}):
        given = {**deed, "name": "示例甲", "csrf_token": token_of(client, "/admin/accounts")}
        answer = client.post("/admin/accounts", data=given)
        assert answer.status_code == 400 and "唯一可用的管理员" in answer.text


def test_everything_is_in_the_log_and_no_secret_is(own_app: APIFlask, tmp_path: Path) -> None:
    client = own_app.test_client()
    sign_in(client, password="Wrong-word1")
    sign_in(client)
    page = client.post(
        "/admin/accounts",
        data={"deed": "invite", "role": "office", "csrf_token": token_of(client, "/admin/accounts")},
    ).text
    code = page.split('class="num code">')[1].split("<")[0]
    with DataFolder.open(tmp_path) as folder:
        events = {entry.event for entry in folder.audit.entries(EntryFilter())}
        kept = "\n".join(str(tuple(row)) for row in folder.db.execute("select * from audit_log"))
    assert {"account.create", "session.refuse", "session.open", "account.invite"} <= events
    assert not any(secret in kept for secret in (PASSWORD, "Wrong-word1", code))


def test_a_token_is_issued_on_the_page_works_once_shown_and_is_taken_back(own_app: APIFlask) -> None:
    client = own_app.test_client()
    sign_in(client)
    given = {"name": "示例乙", "csrf_token": token_of(client, "/admin/accounts")}
    page = client.post("/admin/accounts", data={**given, "deed": "token"}).text
    bearer = {"Authorization": "Bearer " + page.split('<strong class="code">')[1].split("<")[0]}
    program = own_app.test_client()
    assert program.get("/?q=示例", headers=bearer).status_code == 200
    assert program.get("/admin/", headers=bearer).status_code == 403, "the office's, not an administrator's"
    client.post("/admin/accounts", data={**given, "deed": "revoke"})
    assert program.get("/admin/", headers={**bearer, "Accept": "application/json"}).status_code == 401
