"""Passwords that are good enough, and how they are kept."""

from __future__ import annotations

import pytest

from service.passwords import faults_of_password, hash_password, is_password, nobodys_password


@pytest.mark.parametrize(
    "password",
    ["k7#Pine-harbor", "Pine-harbor7", "九江Abc-水边1", "a sentence that Nobody else 1 would think of"],
)
def test_good_ones_pass(password: str) -> None:
    assert faults_of_password(password, "示例甲") == ()


@pytest.mark.parametrize(
    "password",
    ["", "Ab1-", "alllowercase", "12345678", "Password1!", "Admin@123", "Qwer1234!", "P@ssw0rd", "Huiqi2026!",
     "Aaaa1111!", "Abcd1234!", "Zhengce#2026", "x" * 200 + "Y1"],
)  # fmt: skip
def test_weak_ones_are_refused_with_a_reason(password: str) -> None:
    assert faults_of_password(password)


def test_the_name_may_not_stand_in_the_password() -> None:
    assert faults_of_password("Liming-2026x", "liming") and not faults_of_password("Liming-2026x", "other")


def test_a_hash_fits_its_password_alone_however_it_was_typed() -> None:
    kept = hash_password("Ｐine-harbor7")
    assert is_password(kept, "Pine-harbor7") and not is_password(kept, "Pine-harbor8")
    assert "Pine" not in kept and not is_password(nobodys_password(), "x") and not is_password("-", "-")
