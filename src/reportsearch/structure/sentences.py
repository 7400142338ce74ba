"""Sentences of a report, without its title, headings, numbering and signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportsearch.models.report import Passage, Report, Section
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.closing import drop_signature, find_body
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.passages import split_sentences

_CLAUSE_MARK = re.compile(r"[，。；！？,;!?]")
_SUBTITLE_START = re.compile(r"[—–（(《]")
"""Start of a line of the title block that is not a sentence."""
_EDGE = re.compile(r"[\s。！？!?：:、，,．.；;]+")
_ENDS = re.compile(rf"^{_EDGE.pattern}|{_EDGE.pattern}$")


def iter_sentences(report: Report) -> Iterator[Sentence]:
    """Yield the sentences of a report in text order, except those without a letter or digit."""
    heads = {section.start: section for section in report.sections}
    for passage in drop_signature(report)[:1]:
        yield from _iter_title_sentences(report, passage, heads)
    for passage in drop_signature(report):
        start, end = find_body(passage)
        section = heads.get(start)
        if section and _is_only_heading(report.text, section, end):
            # A heading that is a whole sentence counts as a sentence.
            if report.text[start:end].rstrip()[-1] not in "。！？!?":
                continue
        elif section:
            start = section.heading_end
        found = parse_label(report.text[start:end])
        start += found.end if found else 0
        if edge := _EDGE.match(report.text, start, end):
            start = edge.end()
        for first, last in split_sentences(report.text, start, end):
            text = report.text[first:last]
            if any(map(str.isalnum, fold(text))):
                yield Sentence(passage.section, passage.id, first, last, text)


def _is_only_heading(text: str, section: Section, end: int) -> bool:
    return not _EDGE.sub("", text[section.heading_end : end])


def _iter_title_sentences(
    report: Report, passage: Passage, heads: Mapping[int, Section]
) -> Iterator[Sentence]:
    """Yield the sentences of the title block: lines with a comma, not titles or headings."""
    title = fold(report.info.title)
    at = passage.start
    for line in report.text[at : find_body(passage)[0]].splitlines(keepends=True):
        text = line.strip()
        named = fold(text) in title or _SUBTITLE_START.match(text)
        if _CLAUSE_MARK.search(text) and not named and at not in heads:
            start = at + len(line) - len(line.lstrip())
            for first, last in split_sentences(report.text, start, start + len(text)):
                yield Sentence(passage.section, passage.id, first, last, report.text[first:last])
        at += len(line)


def non_sentence_lines(report: Report) -> frozenset[str]:
    """Return the folded lines that are not sentences: titles, headings and signatures.

    Numbering, and white space and punctuation at both ends, are removed.
    """
    spans = [(section.start, section.heading_end) for section in report.sections]
    spans += [(passage.start, find_body(passage)[0]) for passage in report.passages]
    passages = drop_signature(report)
    spans += [(passage.start, passage.end) for passage in report.passages[len(passages) :]]
    lines = {
        strip_line(line) for start, end in spans for line in report.text[start:end].splitlines()
    }
    return frozenset(
        lines - {strip_line(sentence.text) for sentence in iter_sentences(report)} - {""}
    )


def strip_line(line: str) -> str:
    """Fold a line, and remove its numbering and the punctuation at both ends."""
    found = parse_label(line.strip())
    rest = fold(line.strip()[found.end if found else 0 :])
    return _ENDS.sub("", rest)
