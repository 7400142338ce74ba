"""Headings without a number: lines of their own, and labels and leading sentences of a paragraph.

What is said in a usual way (今后打算, 存在的问题) is a heading even alone. Anything else has to be
like others near it in form:

- ``line``: 老旧小区改造, a short line without a mark before longer paragraphs
- ``clause``: 一年来，我们抓主业，产业更加厚实 before a paragraph, with others that begin alike
- ``sentence``: 生态底色更加亮丽。 as a line of its own
- ``point``: 一是改善民生。 as a line of its own, from the first on
- ``colon``: 工会工作： as a line of its own
- ``label``: 财政工作：收入完成…, a topic before a colon and its text
- ``topic``: 刑事审判。审结…, a very short first sentence; or 关于公路建设。新建…
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
_MIN_TEXT_CHARS = 60
"""Length of a paragraph below an unusual heading."""
_MIN_LABELLED_CHARS = 20
_ALIKE_CHARS = 2
_LINE = re.compile(rf"[^。；，：:;,！？!?…\t]{{2,{_MAX_LINE_CHARS}}}")
_CLAUSE = re.compile(rf"[^。；：:;！？!?…\t]{{4,{_MAX_CLAUSE_CHARS}}}[。]?")
_SENTENCE = re.compile(rf"[^。；，：:;,！？!?…\t\d]{{4,{_MAX_LINE_CHARS}}}。")
_COLON = re.compile(r"[^。；，：:;,！？!?…\t]{2,15}[：:]")
_LABEL = re.compile(r"(?P<topic>[^。；，：:;,！？!?…\t\d“”《》]{2,12})[：:](?=\S)")
_TOPIC = re.compile(
    r"[^。；，：:;,！？!?…\t\d“”《》一]{2,6}。(?=.)|关于[^。；，：！？\d]{2,15}。(?=.)"
)
_POINT = re.compile(r"[一二三四五六七八九十]{1,2}[是要](?=.{2})")
_SENTENCES = frozenset({"sentence", "clause"})
_PLAIN = re.compile(
    r"^(?:我|本人|要|但|因此|同时|这些)|(?<!^这)(?<!^[一二三四五六七八九十])是(?!否)"
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
    _Form("clause", _CLAUSE, 3),
)
_RUN_IN = (_Form("label", _LABEL, 2), _Form("topic", _TOPIC, 3))
_POINTS_NEEDED = 2
_FAMILIES = {"label": "colon"}
"""Forms that count as alike: some labels have their text in the line, others below."""
FORM_NAMES = ("line", "clause", "sentence", "point", "colon", "label", "topic")
"""The forms, outer ones first, where a text has several."""


def find_plain_headings(
    lines: Sequence[str],
    is_numbered: Callable[[int], bool],
    parts: Sequence[int],
    words: HeadingWords,
) -> list[PlainHeading]:
    """Find the headings among the lines of a text.

    ``is_numbered`` tells whether a line is a numbered heading; ``parts`` has the part of the text
    in which each line stands, and only headings of one part are compared.
    """
    finder = _Finder(lines, is_numbered, words)
    found = [heading for at in range(len(lines)) if (heading := finder.find(at))]
    signs = [
        (
            parts[heading.line],
            _FAMILIES.get(heading.form, heading.form),
            lines[heading.line][:_ALIKE_CHARS] if heading.form == "clause" else "",
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
        point = _POINT.match(line)
        if parse_label(line) or self.is_numbered(at) or _NO_HEADING.match(line):
            return None
        folded = fold(line)
        bare = folded.rstrip("：:。 ")
        if self._is_exception(bare):
            return None
        for form in _FORMS:
            if not form.pattern.fullmatch(line) or (
                form.name in _SENTENCES and _PLAIN.search(line)
            ):
                continue
            usual = form.name in {"line", "colon"} and bare.endswith(self.words.usual)
            if self._heads_text(at, usual=usual):
                name = "point" if point else form.name
                return PlainHeading(at, name, len(line.rstrip("：:。")), usual)
            return None
        for form in _RUN_IN:
            found = form.pattern.match(line)
            if not found or point or len(line) - found.end() < _MIN_LABELLED_CHARS:
                continue
            bare = fold(found[0]).rstrip("：:。")
            if not self._is_exception(bare):
                usual = form.name == "label" and bare.endswith(self.words.usual)
                return PlainHeading(at, form.name, found.end() - 1, usual)
        return None

    def _is_exception(self, bare: str) -> bool:
        return bare.endswith(self.words.exceptions) or bare.startswith(self.words.exceptions)

    def _heads_text(self, at: int, *, usual: bool) -> bool:
        """Check that text follows that is longer than the heading."""
        if at + 1 >= len(self.lines):
            return False
        following = self.lines[at + 1]
        if self.is_numbered(at + 1):
            found = parse_label(following)
            return found is not None and found.number <= 1
        if usual:
            return len(following) > 8
        return len(following) >= max(_MIN_TEXT_CHARS, len(self.lines[at]) * 3 // 2)
