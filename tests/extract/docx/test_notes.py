from __future__ import annotations

import pytest

from reportsearch.extract.docx.document import read
from tests.extract.docx.packages import (
    W_NAMESPACE,
    numbered_paragraph,
    numbering_xml,
    plain_paragraph,
    relations,
    smallest_parts,
    zip_parts,
)


def _reference(kind: str, key: int, more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"{more}/></w:r>'


def _said(*pieces: str) -> str:
    """A paragraph of texts and references."""
    runs = (
        piece if piece.startswith("<") else f"<w:r><w:t>{piece}</w:t></w:r>" for piece in pieces
    )
    return f"<w:p>{''.join(runs)}</w:p>"


def _note(kind: str, key: int, *blocks: str) -> str:
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    first = f'<w:p>{mark}<w:r><w:t xml:space="preserve"> {blocks[0]}</w:t></w:r></w:p>'
    return f'<w:{kind} w:id="{key}">{first}{"".join(map(plain_paragraph, blocks[1:]))}</w:{kind}>'


def _notes(kind: str, *notes: str) -> str:
    lines = "".join(
        f'<w:{kind} w:type="{line}" w:id="{key}"><w:p><w:r><w:{line}/></w:r></w:p></w:{kind}>'
        for key, line in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<w:{kind}s xmlns:w="{W_NAMESPACE}">{lines}{"".join(notes)}</w:{kind}s>'


def _read(*blocks: str, footnotes: str = "", endnotes: str = "", settings: str = "") -> list[str]:
    parts = smallest_parts(*blocks)
    kinds = ("footnotes", "endnotes", "settings", "numbering")
    parts["word/_rels/document.xml.rels"] = relations({kind: f"{kind}.xml" for kind in kinds})
    parts["word/footnotes.xml"] = _notes("footnote", footnotes)
    parts["word/endnotes.xml"] = _notes("endnote", endnotes)
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{W_NAMESPACE}">{settings}</w:settings>'
    parts["word/numbering.xml"] = numbering_xml()
    return read(zip_parts(parts)).split("\n")


ONE = _reference("footnote", 1)


def test_notes_stand_at_the_end_by_the_marks_that_refer_to_them() -> None:
    lines = _read(
        _said("项目43个", _reference("footnote", 5), "，线索9件", _reference("endnote", 1), "。"),
        _said("整改率94%", _reference("footnote", 2)),
        plain_paragraph("落款"),
        footnotes=_note("footnote", 2, "以个数计。") + _note("footnote", 5, "含经济责任审计。"),
        endnotes=_note("endnote", 1, "其中移送4件。"),
    )
    assert lines == [
        "项目43个[1]，线索9件[i]。",
        "整改率94%[2]",
        "落款",
        "[1] 含经济责任审计。",
        "[2] 以个数计。",
        "[i] 其中移送4件。",
    ]


def test_the_paragraphs_of_a_note_are_on_one_line() -> None:
    note = _note("footnote", 1, "审计口径，", "", "包括跨年度资金。")
    assert _read(_said("甲", ONE), footnotes=note)[-1] == "[1] 审计口径， 包括跨年度资金。"


def test_a_note_in_a_table_is_counted_in_its_place() -> None:
    table = f"<w:tbl><w:tr><w:tc>{_said('表', _reference('footnote', 2))}</w:tc></w:tr></w:tbl>"
    notes = _note("footnote", 1, "后") + _note("footnote", 2, "前")
    assert _read(table, _said("文", ONE), footnotes=notes) == ["表[1]", "文[2]", "[1] 前", "[2] 后"]


def test_a_note_to_deleted_text_is_not_read_and_takes_no_number() -> None:
    gone = f"<w:del>{_reference('footnote', 2)}</w:del>"
    notes = _note("footnote", 1, "甲注") + _note("footnote", 2, "删去")
    assert _read(_said("甲", gone, "乙", ONE), footnotes=notes) == ["甲乙[1]", "[1] 甲注"]


@pytest.mark.parametrize("place", ["section", "settings"])
def test_marks_are_written_in_the_form_that_the_document_asks_for(place: str) -> None:
    form = (
        '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:numStart w:val="3"/>'
        "</w:footnotePr>"
    )
    section = f"<w:sectPr>{form}</w:sectPr>" if place == "section" else ""
    lines = _read(
        _said("甲", ONE),
        section,
        footnotes=_note("footnote", 1, "注"),
        settings=form if place == "settings" else "",
    )
    assert lines == ["甲[③]", "[③] 注"]


def test_a_mark_that_was_typed_stands_as_it_was_typed() -> None:
    typed = _reference("footnote", 1, ' w:customMarkFollows="1"')
    notes = _note("footnote", 1, "* 注") + _note("footnote", 2, "乙注")
    lines = _read(_said("甲", typed, "*", "乙", _reference("footnote", 2)), footnotes=notes)
    assert lines == ["甲*乙[1]", "* 注", "[1] 乙注"]


def test_a_reference_to_no_note_has_its_mark() -> None:
    assert _read(_said("甲", _reference("footnote", 9), "乙", ONE)) == ["甲[1]乙[2]"]


def test_a_note_is_read_once_however_often_it_is_referred_to() -> None:
    lines = _read(_said("甲", ONE, "乙", ONE), footnotes=_note("footnote", 1, "注"))
    assert lines == ["甲[1]乙[2]", "[1] 注"]


def test_lists_go_on_in_notes() -> None:
    note = f'<w:footnote w:id="1">{numbered_paragraph("里")}</w:footnote>'
    assert _read(numbered_paragraph("甲"), _said("乙", ONE), footnotes=note)[-1] == "[1] 二、里"
