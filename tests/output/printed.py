"""Answers for the tests of what is printed: of tiny archives, and large or odd ones by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from reportsearch import Archive
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import (
    EDITED,
    EXACT,
    FORMULA,
    Formula,
    Reuse,
    ReusedPlace,
    ReusedSpan,
    SharedSpan,
    Source,
)
from reportsearch.models.year_on_year import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    Change,
    Nearest,
    Plan,
    SectionChanges,
    Sentence,
    YearOnYear,
)

COPIED = (
    "坚持对违法的不手软、对初犯的讲道理、对小摊小店多提醒，既不让老实人吃亏，也不让小本生意人寒心"
)
PLAIN = "去年许诺的产地冷库至今还是一块打了桩的空地，原因是选址压了一角农田"
EDITS = "全年接待游客一百五十二万人次，旅游综合收入七亿九千万元，同比增长一成"
WITH_EDITS = "全年接待游客一百六十四万人次，旅游综合收入八亿三千万元，同比增长两成"
SET_PHRASE = "以上报告，请批评指正"
FORMULA_TEXT = "自觉接受人大法律监督和政协民主监督"
HOSTILE = (
    "<script>alert(1)</script>",
    "{{ result.text }}{% raw %}",
    "]]>&amp;<!--",
    "\"'><img src=x onerror=alert(1)>",
    "甲\u202e乙\u2066丙",
    "\x00\x0b\x1b",
    "\ud800",
    "\ufffe",
)


def texts() -> dict[str, str]:
    """Reports of one year and the next, of several officials."""
    return {
        "甲县副县长2022年度述职报告.txt": (
            f"甲县副县长2022年度述职报告\n一、监管\n{COPIED}。\n{PLAIN}。\n"
            f"二、文旅\n{EDITS}。\n{FORMULA_TEXT}。\n{SET_PHRASE}。\n"
        ),
        "甲县县长2021年度述职报告.txt": (
            f"甲县县长2021年度述职报告\n一、监管\n{COPIED}。\n今年还要把冷库建起来。\n{FORMULA_TEXT}。\n"
        ),
        "乙县副县长2021年度述职报告.txt": (
            f"乙县副县长2021年度述职报告\n一、文旅\n{WITH_EDITS}。\n{FORMULA_TEXT}。\n"
            f"{COPIED[:24]}。\n"
        ),
        "丙县副县长2023年度述职报告.txt": (
            f"丙县副县长2023年度述职报告\n一、市场\n{COPIED.replace('，', '；')}。\n{FORMULA_TEXT}。\n"
        ),
        "丁县副县长2020年度述职报告.txt": f"丁县副县长2020年度述职报告\n{FORMULA_TEXT}。\n",
    }


def archive_of(folder: Path, reports: dict[str, str]) -> Archive:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reports.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    made = Archive.in_memory()
    made.index([folder])
    return made


def reuse_of(folder: Path) -> Reuse:
    """A report with exact, edited and later sources and with formulae."""
    with archive_of(folder, texts()) as archive:
        return one(archive.reuse("甲县副县长2022", formula_officials=5))


def one(result: object) -> Reuse:
    assert isinstance(result, Reuse)
    return result


def placed(span: ReusedSpan) -> ReusedPlace:
    """A span by itself as a place."""
    is_edited = span.kind == EDITED
    own, other = (span.start, span.end), (span.source_start, span.source_end)
    return ReusedPlace(
        *own, *other, 0 if is_edited else span.chars, span.chars if is_edited else 0,
        0 if is_edited else span.chars, span.text, span.source_text, span.passage, span.source_passage,
        (SharedSpan(own, other, span.kind),),
    )  # fmt: skip


def hostile(result: Reuse, odd: str) -> Reuse:
    """The same with an odd string everywhere that comes from a report."""
    info = replace(result.report, id=odd, title=odd, official=odd, person=odd, post=odd)
    spans = (
        ReusedSpan(0, len(odd), 0, len(odd), 3, EXACT, odd, odd, f"{odd}#1", f"{odd}#1"),
        ReusedSpan(
            0, len(odd), 0, len(odd) + 1, 3, EDITED, odd, "甲" + odd, f"{odd}#1", f"{odd}#1"
        ),
    )
    places = tuple(placed(span) for span in spans)
    source = Source(info, True, 3, 3, 3, 0.1, 3, spans, places)
    return replace(
        result,
        report=info,
        text=f"{odd}\n甲{odd}",
        is_draft=True,
        left_out=(odd,),
        sources=(source,),
        reused_by=(source,),
        formulae=(Formula(odd, 3, 4, 4, False, (f"{odd}#1",), ((0, len(odd)),)),),
    )


def large(chars: int, spans: int, sources: int, length: int = 40) -> Reuse:
    """A report with many spans in many sources, at random."""
    chance = random.Random(7)
    signs = [chr(0x4E00 + number) for number in range(2000)]
    text = "".join("\n" if chance.random() < 0.01 else chance.choice(signs) for _ in range(chars))
    made = []
    for number in range(sources):
        found = []
        for _ in range(spans // sources):
            start = chance.randrange(chars - length)
            end = start + chance.randrange(1, length)
            kind = chance.choice((EXACT, EDITED, FORMULA))
            own = text[start:end]
            other = own if kind != EDITED else f"{own[:3]}甲{own[5:]}"
            found.append(
                ReusedSpan(
                    start, end, start, start + len(other), end - start, kind, own, other,
                    f"a.txt#{start // 300 + 1}", f"{number}.txt#{start // 300 + 1}",
                )
            )  # fmt: skip
        found.sort(key=lambda span: (span.start, span.end, span.kind))
        info = ReportInfo(f"{number}.txt", f"来源{number}", year=2020, official=f"人员{number}")
        shown = tuple(placed(span) for span in found)
        made.append(Source(info, False, sources - number, 3, 1, 0.1, 20, tuple(found), shown))
    formulae = tuple(
        Formula(text[start : start + 9], 9, 12, 10, False, ("a.txt#1",), ((start, start + 9),))
        for start in range(0, chars - 10, max(chars // 100, 1))
    )
    half = sources // 2
    info = ReportInfo("a.txt", "大报告", year=2021)
    return Reuse(
        info, text, False, 13, 4, sources + 1, chars, chars // 2, 0.5, 0.4, 0.3, 0.3, 0.3, 0.2, 0.6, 80,
        tuple(made[:half]), tuple(made[half:]), formulae,
    )  # fmt: skip


def yearly(odd: str = "") -> YearOnYear:
    """A report against the one before, with a sentence of each kind."""
    now_id, before_id = "甲2023.txt", "甲2022.txt"
    path = (f"一、监管{odd}",)
    kept = f"对违法的不手软。{odd}"
    changed, was = f"全年办案三百件，挽回损失。{odd}", f"全年办案二百件，挽回损失！{odd}"
    new, gone = f"新建冷库一座。{odd}", f"选址未定。{odd}"

    def sentence(report: str, number: int, start: int, text: str) -> Sentence:
        return Sentence(path, f"{report}#{number}", start, start + len(text), text)

    spans = (
        SharedSpan((20, 24), (50, 54), EXACT),
        SharedSpan((24, 25), (54, 55), EDITED),
        SharedSpan((25, 32), (55, 62), EXACT),
    )
    changes = (
        Change(KEPT, sentence(now_id, 1, 0, kept), sentence(before_id, 1, 9, kept), 1.0),
        Change(
            CHANGED, sentence(now_id, 2, 20, changed), sentence(before_id, 2, 50, was), 0.9, spans
        ),
        Change(NEW, sentence(now_id, 3, 40, new), None, 0.0),
        Change(DROPPED, None, sentence(before_id, 3, 80, gone), 0.0),
    )
    gone_section = SectionChanges((f"三、旧章{odd}",), (), True, 0, 0, 0, 4, changes[3:])
    nearest = Nearest(
        f"{now_id}#3", path, 40, 40 + len(new), new, 0.71, is_plan=False, shares_words=True,
        repeats=False, chars=6, kept=0, new_score=0.71,
    )  # fmt: skip
    copied = f"明年引进企业。{odd}"
    copy = Nearest(
        f"{now_id}#1", path, 0, len(kept), kept, 0.5, is_plan=True, shares_words=True,
        repeats=True, chars=7, kept=7, new_score=0.0,
    )  # fmt: skip
    return YearOnYear(
        report=ReportInfo(now_id, f"甲县副县长2023年度述职报告{odd}", year=2023),
        previous=ReportInfo(before_id, f"甲县副县长2022年度述职报告{odd}", year=2022),
        chars=25, previous_chars=26, kept=7, changed=12, new=6, dropped=8,
        sections=(SectionChanges(path, (path, ()), False, 7, 12, 6, 4, changes), gone_section),
        plans=(
            Plan(sentence(before_id, 4, 90, f"明年建好冷库。{odd}"), ANSWERED, (nearest,)),
            Plan(sentence(before_id, 4, 95, copied), REPEATED, (copy,)),
            Plan(sentence(before_id, 5, 99, "明年再看。"), SILENT, ()),
        ),
    )  # fmt: skip
