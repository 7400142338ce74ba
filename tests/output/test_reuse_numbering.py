"""The numbers under which a report names its sources and formulae."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch.locale import Translator
from reportsearch.output.reuse_numbering import format_label, number_formulae, number_sources
from tests.output import printed


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("zh", ("来源1", "套话1", "来源1等3份")),
        ("en", ("source 1", "boilerplate 1", "source 1 and 2 more")),
    ],
)
def test_labels_come_in_the_language_that_is_asked_for(
    tmp_path: Path, language: str, labels: tuple[str, str, str]
) -> None:
    result = printed.reuse_of(tmp_path)
    t = Translator(language)
    source, formula = number_sources(result, t)[0][0], number_formulae(result, t)[0]
    assert (source.label, formula.label, format_label(source.label, 2, t)) == labels
    assert format_label(source.label, 0, t) == source.label
