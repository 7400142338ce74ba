"""From what kind of file a report was read, as ``show`` calls it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportsearch import Archive
from reportsearch.extract.file_types import FILE_TYPES
from reportsearch.locale import ENGLISH, Translator
from reportsearch.output.tables.report import describe_file_type


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        ("docx", "Word file (.docx)"),
        ("wps", ".wps, read through LibreOffice"),
        ("word-xml", "Word file (.xml)"),
        ("adoc", ".adoc"),
    ],
)
def test_a_kind_of_file_is_called_by_its_name(
    shipped_archive: Archive, reader: str, name: str
) -> None:
    info = replace(shipped_archive.infos()[0], reader=reader)
    assert describe_file_type(info, Translator(ENGLISH)) == name


def test_only_what_libreoffice_reads_is_said_to_be_read_by_it(shipped_archive: Archive) -> None:
    info = shipped_archive.infos()[0]
    through = {
        type_.name
        for type_ in FILE_TYPES
        if "LibreOffice"
        in describe_file_type(replace(info, reader=type_.name), Translator(ENGLISH))
    }
    assert through == {"doc", "rtf", "odt"}
