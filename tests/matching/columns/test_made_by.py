"""What is kept names the rules it was made by."""

from __future__ import annotations

import pytest

from matching.columns.made_by import check_made_by, made_by
from matching.errors import IndexNotBuilt


def test_the_rules_of_this_program_are_accepted_and_no_others() -> None:
    check_made_by(made_by())
    with pytest.raises(IndexNotBuilt):
        check_made_by(None)
