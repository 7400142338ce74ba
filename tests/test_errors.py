"""How a message shows what a user wrote."""

from __future__ import annotations

from reportsearch.errors import quote_value


def test_what_is_quoted_is_cut_when_it_is_long_also_when_nobody_sees_it() -> None:
    assert quote_value("甲") == "'甲'"
    assert quote_value(2023) == "'2023'"
    assert quote_value("甲" * 100) == f"'{'甲' * 60}'…"
    # Each of them is escaped with six characters.
    shown = quote_value("\u202e" * 100)
    assert len(shown) <= 121
    assert shown.endswith("\\u202e'…")
