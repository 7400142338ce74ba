"""The title of a report: where it stands, and the kind of report that it names."""

from __future__ import annotations

import re
from dataclasses import replace

from reportsearch.models.report import GOVERNMENT_WORK_REPORT
from reportsearch.structure.contents import TextLine
from reportsearch.structure.heading_labels import parse_label

_KIND_PATTERNS = (
    ("述职述廉报告", re.compile(r"述.{0,4}述?廉|述责述廉|述学述职")),
    (GOVERNMENT_WORK_REPORT, re.compile("政府工作报告")),
    ("述职报告", re.compile("述职报告")),
    ("履职情况报告", re.compile("履职|履行职责|履行职务")),
    ("述职报告", re.compile("述职|述责|供职报告")),
    ("工作总结", re.compile("总结")),
)
_GOVERNMENT_OPENING = re.compile(
    "代表[^。，]{0,20}(?:国务院|人民政府|[省市县区州旗乡镇]政府)[^。]{0,24}"
    "(?:作[^。]{0,6}政府工作报告|向[^。]{0,20}大会[^。]{0,4}(?:报告[^。，]{0,8}工作|作[^。，]{0,4}工作报告))"
)
_TITLE_FIRST_LINE = re.compile(
    r"关于.{0,30}(?:的|年度?|工作|情况)"
    r"|[^，。；：、（）()\d\s]{2,30}(?:政府|[局委办厅院会]|[省市县区州镇乡旗盟局厅院]长|主任|书记)"
)
_DOCUMENT = "(?:报告|总结|汇报|小结|材料)"
_BEGUN_TITLE = re.compile(f"(?!.*{_DOCUMENT})[^，。；：:、]+")
_REST_OF_TITLE = re.compile(f"(?!述职|履职)[\u4e00-\u9fa5]{{,8}}{_DOCUMENT}")
"""The second line of a title that is broken before it says what the text is."""
_TITLE_WORDS = re.compile("报告|总结|述职|履职|汇报|小结|材料")
_RUN_ON_TITLE = re.compile(
    r"(?P<title>[^。；！？!?\n]{2,40}?(?:报告|总结|述职|汇报))\s*"
    r"(?=各位|尊敬|主任[、，]|同志们|[一两几]年来|现将|今年|我[是叫于在]|[.．]|\s)"
)
_SITE_NAME = re.compile(
    r"(?:(?<!\s)\s++)?[|｜]\s*+|[_＿](?=[\u4e00-\u9fa5]{2})|(?<!\s)\s++[-—–]\s++"
)
SENTENCE_MARK = re.compile("[。；！？!?]")
_SALUTATION = re.compile(r".{2,40}[：:！]$")
_ADDRESS = re.compile(r"(?<![ \u3000])[ \u3000]++(?:各位|尊敬的|同志们)[^。]{0,24}[：:！]$")
"""A salutation at the end of a line of the block: 甲县县长 某某 各位代表：."""
CAPTION = re.compile(r"(?>[^。；！？]*?会议?上)[^。；！？]*作[^。；！？]{0,8}报告[。.]?")
"""A line that tells who gave the report at which meeting."""
_MAX_BLOCK_LINES = 8
_MAX_TITLE_CHARS = 80


def find_kind(title: str) -> str | None:
    """Return the kind of report that a title names."""
    # 述 职 报 告 is set with spaces.
    joined = "".join(title.split())
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(joined):
            return kind
    return None


def find_government_opening(opening: str) -> str | None:
    """Return the words with which a government presents its report to a congress."""
    match = _GOVERNMENT_OPENING.search(opening)
    return match[0] if match else None


def find_title_block(lines: list[TextLine]) -> tuple[list[TextLine], int | None]:
    """Return the lines of the title block, and the position of the title among them."""
    block: list[TextLine] = []
    for line in lines[:_MAX_BLOCK_LINES]:
        text = line.text
        address = _ADDRESS.search(text)
        if address and len(text) < _MAX_TITLE_CHARS:
            block.append(replace(line, text=text[: address.start()]))
            break
        is_sentence = SENTENCE_MARK.search(text) and not CAPTION.fullmatch(text)
        if len(text) > _MAX_TITLE_CHARS or is_sentence or "\t" in text:
            break
        if _SALUTATION.fullmatch(text) or is_heading(text):
            break
        block.append(line)
    for number, line in enumerate(block):
        if _TITLE_WORDS.search("".join(line.text.split())):
            return block, number
    if block and len(block) < _MAX_BLOCK_LINES:
        return block, 0
    return [], None


def is_heading(line: str) -> bool:
    """Check for a numbered heading; a dash may start a subtitle instead."""
    found = parse_label(line)
    return found is not None and found.kind != "——"


def read_title(lines: list[str], number: int) -> str:
    """Return the title at a position of the title block, with its other line before or after it."""
    title = _cut_site_name(lines[number])
    below = "".join("".join(lines[number + 1 : number + 2]).split())
    if _BEGUN_TITLE.fullmatch(title) and _REST_OF_TITLE.fullmatch(below):
        title += below
    if number and _TITLE_FIRST_LINE.fullmatch(lines[number - 1]):
        return lines[number - 1] + title
    return title


def find_run_on_title(text: str) -> str | None:
    """Return the title that the first paragraph begins with, in a text without line breaks."""
    match = _RUN_ON_TITLE.match(text)
    return match["title"] if match else None


def _cut_site_name(title: str) -> str:
    """Return the title of a line like 述职报告_范文_某网 | 下载：3次."""
    parts = [part for part in _SITE_NAME.split(title) if part]
    return next((part for part in parts if find_kind(part)), title) if len(parts) > 1 else title
