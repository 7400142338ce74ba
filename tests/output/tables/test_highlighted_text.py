"""Marked stretches of a text in a terminal and elsewhere."""

from __future__ import annotations

import pytest

from reportsearch.locale import CHINESE, ENGLISH, Translator
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.output.tables.highlighted_text import format_legend, highlight_text

TEXT = "新建步道十二公里"


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "新建步道十二公里"),
        ([(10, 12, EXACT)], "【新建】步道十二公里"),
        ([(12, 14, EDITED), (14, 16, FORMULA)], "新建〔步道〕〈十二〉公里"),
        ([(10, 14, EXACT), (12, 16, EDITED)], "【新建步道】〔十二〕公里"),
        ([(10, 18, EXACT), (12, 14, EDITED)], "【新建步道十二公里】"),
        ([(5, 12, EXACT), (16, 40, EDITED)], "【新建】步道十二〔公里〕"),
        ([(12, 12, EDITED)], "新建步道十二公里"),
    ],
)
def test_marks_stand_in_brackets_where_there_is_no_colour(
    marks: list[tuple[int, int, str]], shown: str
) -> None:
    assert highlight_text(TEXT, 10, marks, color=False).plain == shown
    assert highlight_text(TEXT, 10, marks, color=True).plain == TEXT


def test_the_legend_names_what_is_there() -> None:
    t = Translator(ENGLISH)
    assert format_legend([EDITED, EXACT], t, color=False).plain == "【identical】  〔edited〕"
    assert format_legend([FORMULA], t, color=True).plain == "boilerplate"
    assert format_legend([FORMULA], Translator(CHINESE), color=False).plain == "〈套话〉"
