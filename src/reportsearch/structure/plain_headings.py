"""Headings without a number: lines of their own, and labels and leading sentences of a paragraph.

What is said in a usual way (今后打算, 存在的问题) is a heading even alone. Anything else has to be
like others near it in form:

- ``line``: 老旧小区改造, a short line without a mark before longer paragraphs
- ``clause``: 一年来，我们抓主业，产业更加厚实 before a paragraph, with others that begin alike
- ``long sentence``: the same with a full stop
- ``sentence``: 生态底色更加亮丽。 as a line of its own
- ``point``: 一是改善民生。 as a line of its own, from the first on
- ``colon``: 工会工作： as a line of its own
- ``label``: 财政工作：收入完成…, a topic before a colon and its text
- ``bracket``: 【民政】低保应保尽保…
- ``about``: 关于公路建设。新建…
- ``topic``: 刑事审判。审结…, a very short first sentence
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportsearch.lexicon.wordlists import HeadingWords
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import parse_label

_MIN_LINE_CHARS = 4
_MAX_LINE_CHARS, _MAX_CLAUSE_CHARS = 25, 45
_MIN_TEXT_CHARS, _MIN_SENTENCE_TEXT_CHARS = 30, 45
"""Length of a paragraph below an unusual heading, and below one that is a whole sentence."""
_MIN_LABELLED_CHARS = 20
_ALIKE_CHARS = 2
_LINE = re.compile(rf"[^。；，：:;,！？!?…\t]{{1,{_MAX_LINE_CHARS}}}")
_CLAUSE = re.compile(rf"[^。；：:;！？!?…\t]{{4,{_MAX_CLAUSE_CHARS}}}")
_LONG_SENTENCE = re.compile(rf"[^。；：:;！？!?…\t]{{4,{_MAX_CLAUSE_CHARS}}}。")
_SENTENCE = re.compile(rf"[^。；，：:;,！？!?…\t\d]{{4,{_MAX_LINE_CHARS}}}。")
_COLON = re.compile(r"[^。；，：:;,！？!?…\t]{1,15}[：:]")
_LABEL = re.compile(r"(?P<topic>[^。；，：:;,！？!?…\t\d“”《》]{2,12})[：:](?=\S)")
_TOPIC = re.compile(r"[^。；，：:;,！？!?…\t\d“”《》一]{2,6}。(?=.)")
_BRACKET = re.compile(r"【[^】。，]{2,15}】(?=.)")
_ABOUT = re.compile(r"关于[^。；，：！？\d]{2,15}。(?=.)")
_POINT = re.compile(r"[一二三四五六七八九十]{1,2}[是要](?=.{2})")
_SENTENCES = frozenset({"sentence", "clause", "long sentence", "topic"})
_ALIKE = frozenset({"clause", "long sentence"})
_PLAIN = re.compile(
    r"^(?:我|本人|要|但|因此|同时|这些)|(?<!^这)(?<!^[一二三四五六七八九十])是(?!否)|方面，"
)
"""A sentence that says something about its subject is no heading."""
_DIGIT = "[\\d〇○零一二三四五六七八九十]"
_NO_HEADING = re.compile(
    rf"[（(]?{_DIGIT}{{4}}年?(?:{_DIGIT}{{1,3}}月(?:{_DIGIT}{{1,3}}日)?)?[）)]?$"
    r"|.*(?:主任|代表|委员|同志|领导|大家|先生|乡亲|党员)(?:们)?[：:]?$"
)


@dataclass(frozen=True, slots=True)
class PlainHeading:
    """A heading without a number: its line, its form, and where it ends in the line.

    ``usual`` means that it is said in a usual way, ``alone`` that no other near it has its form.
    """

    line: int
    form: str
    end: int
    usual: bool
    alone: bool = True


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: re.Pattern[str]
    needed: int


_FORMS = (
    _Form("line", _LINE, 2),
    _Form("colon", _COLON, 2),
    _Form("sentence", _SENTENCE, 3),
    _Form("clause", _CLAUSE, 2),
    _Form("long sentence", _LONG_SENTENCE, 3),
)
_RUN_IN = (
    _Form("bracket", _BRACKET, 2),
    _Form("label", _LABEL, 2),
    _Form("about", _ABOUT, 2),
    _Form("topic", _TOPIC, 3),
)
_POINTS_NEEDED = 2
_FAMILIES = {"label": "colon"}
"""Forms that count as alike: some labels have their text in the line, others below."""
FORM_NAMES = (
    "line",
    "clause",
    "long sentence",
    "sentence",
    "point",
    "colon",
    "bracket",
    "label",
    "about",
    "topic",
)
"""The forms, outer ones first, where a text has several."""


def find_plain_headings(
    lines: Sequence[str],
    is_numbered: Callable[[int], bool],
    parts: Sequence[tuple[int, int]],
    words: HeadingWords,
) -> list[PlainHeading]:
    """Find the headings among the lines of a text.

    ``is_numbered`` tells whether a line is a numbered heading. ``parts`` has the larger and the
    smaller part of the text in which each line stands. Headings of one part are compared: of the
    larger one in the form of a line, of the smaller one in any other form.
    """
    finder = _Finder(lines, is_numbered, words)
    found = [heading for at in range(len(lines)) if (heading := finder.find(at))]
    signs = [
        (
            parts[heading.line][heading.form != FORM_NAMES[0]],
            _FAMILIES.get(heading.form, heading.form),
            lines[heading.line][:_ALIKE_CHARS] if heading.form in _ALIKE else "",
        )
        for heading in found
    ]
    counts = Counter(signs)
    firsts = dict(zip(reversed(signs), reversed(found), strict=True))
    needed = {form.name: form.needed for form in (*_FORMS, *_RUN_IN)} | {"point": _POINTS_NEEDED}
    headings = []
    for heading, sign in zip(found, signs, strict=True):
        if heading.form == "point" and lines[firsts[sign].line][0] != "一":
            continue
        if counts[sign] >= needed[heading.form]:
            headings.append(replace(heading, alone=False))
        elif heading.usual:
            headings.append(heading)
    return headings


class _Finder:
    def __init__(
        self, lines: Sequence[str], is_numbered: Callable[[int], bool], words: HeadingWords
    ) -> None:
        self.lines = lines
        self.is_numbered = is_numbered
        self.words = words

    def find(self, at: int) -> PlainHeading | None:
        """Return the heading at the start of a line, or None."""
        line = self.lines[at]
        if self.is_numbered(at) or parse_label(line):
            return None
        if len(line) <= _MAX_CLAUSE_CHARS + 1:
            for form in _FORMS:
                if form.pattern.fullmatch(line):
                    found = self._find_whole_line(at, form)
                    return found or (self._find_run_in(at) if form.name in _SENTENCES else None)
        return self._find_run_in(at)

    def _find_whole_line(self, at: int, form: _Form) -> PlainHeading | None:
        line = self.lines[at]
        bare = fold(line).rstrip("：:。 ")
        if _NO_HEADING.match(line) or self._is_exception(bare):
            return None
        if form.name in _SENTENCES and _PLAIN.search(line):
            return None
        usual = form.name in {"line", "colon"} and (
            bare.endswith(self.words.usual) or bare in self.words.virtues
        )
        # A line right above the first number of a numbering is over it.
        usual = usual or (form.name == "line" and self._is_first_number(at + 1))
        if (not usual and len(bare) < _MIN_LINE_CHARS) or not self._heads_text(
            at, form, usual=usual
        ):
            return None
        name = "point" if _POINT.match(line) else form.name
        return PlainHeading(at, name, len(line.rstrip("：:。")), usual)

    def _find_run_in(self, at: int) -> PlainHeading | None:
        line = self.lines[at]
        for form in _RUN_IN:
            found = form.pattern.match(line)
            if not found or len(line) - found.end() < _MIN_LABELLED_CHARS or _POINT.match(line):
                continue
            if form.name in _SENTENCES and _PLAIN.search(found[0]):
                continue
            bare = fold(found[0]).rstrip("：:。")
            if not self._is_exception(bare):
                usual = form.name == "label" and bare.endswith(self.words.usual)
                end = found.end() - (form.name != "bracket")
                return PlainHeading(at, form.name, end, usual)
        return None

    def _is_exception(self, bare: str) -> bool:
        return bare.endswith(self.words.introductions) or bare.startswith(self.words.particulars)

    def _heads_text(self, at: int, form: _Form, *, usual: bool) -> bool:
        """Check that text follows that is longer than the heading."""
        if at + 1 >= len(self.lines):
            return False
        following = self.lines[at + 1]
        if self.is_numbered(at + 1):
            return self._is_first_number(at + 1) or following[0] in "—―"
        if usual:
            return len(following) > 8
        least = _MIN_SENTENCE_TEXT_CHARS if form.name in _SENTENCES else _MIN_TEXT_CHARS
        return len(following) >= max(least, len(self.lines[at]) * 3 // 2)

    def _is_first_number(self, at: int) -> bool:
        if at >= len(self.lines) or not self.is_numbered(at):
            return False
        found = parse_label(self.lines[at])
        return found is not None and found.number == 1
