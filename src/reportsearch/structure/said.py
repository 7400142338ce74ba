"""The sentences of a report, without its title, headings, numbering and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportsearch.models import Report, Section, Sentence
from reportsearch.normalise import fold
from reportsearch.structure.closing import body_of, passages_of
from reportsearch.structure.labels import label
from reportsearch.structure.passages import sentences

_EDGE = re.compile(r"[\s。！？!?：:、，,．.；;]+")


def sentences_of(report: Report) -> Iterator[Sentence]:
    """What a report says, by place; what has no letter or digit is left out."""
    heads = {section.start: section for section in report.sections}
    for passage in passages_of(report):
        start, end = body_of(passage)
        section = heads.get(start)
        if section and _says_nothing_else(report.text, section, end):
            # A heading that is a whole sentence says what it has to say.
            if report.text[start:end].rstrip()[-1] not in "。！？!?":
                continue
        elif section:
            start = section.heading_end
        found = label(report.text[start:end])
        start += found.end if found else 0
        if edge := _EDGE.match(report.text, start, end):
            start = edge.end()
        for first, last in sentences(report.text, start, end):
            text = report.text[first:last]
            if any(map(str.isalnum, fold(text))):
                yield Sentence(passage.section, passage.id, first, last, text)


def _says_nothing_else(text: str, section: Section, end: int) -> bool:
    return not _EDGE.sub("", text[section.heading_end : end])
