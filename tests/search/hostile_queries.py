"""Queries and filters that nobody means, and what is wrong with an answer to one.

``benchmarks/faults/hostile_queries.py`` asks all of them and as many drawn ones as wanted, the tests
one of each class. Half are listed by rule, half drawn at random from a fixed seed: every run is the
same.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

from reportsearch import Archive, QueryError, SearchResult
from reportsearch.models.search import FIELD_NAMES
from reportsearch.search.engine import FACETS

HEADINGS = ("一、履职情况\n", "二、存在不足\n", "三、下一步打算\n")
OPENINGS = (
    "我分管文旅、民政工作，协助县长抓招商引资。",
    "本人主持县政府全面工作，联系教育和体育局。",
    "现将履职情况报告如下，请予审议！",
    "我負責農業農村、鄉村振興工作。",
)
BODIES = (
    "全年接待游客４Ａ级景区120.5万人次，增长94％；创建全域旅游示范县。养老补贴如期发放？是的！",
    "2023年1－10月，落实“四个意识”，出台办法（试行）。他说“好”，大家说“不够”。",
    "😀👨‍👩‍👧 民政 \u202e民政\u202c OR NOT year:2023 (a b) - -- “”",
    "e\u0301 é ﷺ ⑵ ㎡ ｶﾞ 𠮷 \u200b文\u200b旅 *亿元 https://x.cn?a=b&c=d",
)
POSTS = ("甲县人民政府县长", "甲县副县长", "乙市民政局局长")

# What stands in the archive and what the language knows, to be mixed.
WORDS = ("招商引资", "文旅", "民政", "养老补贴", "全域旅游示范县", "４A级", "a", "2023年1－10月")
OPERATORS = ("OR", "AND", "NOT", "-", "－", "ＯＲ", "ＮＯＴ", "or", "--", "- ", "ＡＮＤ")
QUOTES = "\"＂“”「」『』‘’'`«»"
BRACKETS = "()（）[]【】《》{}〔〕"
STOPS = "。！？；，、：…!?;,.:～—·"
INVISIBLE = (
    "\0\x01\x07\x08\t\n\v\f\r\x1b\x1c\x1f\x7f\x80\x85\x9b\xa0\xad\u034f\u061c\u115f\u1680\u180e"
    "\u2000\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u206f\u3000"
    "\u3164\ufe0f\ufeff\ufff9\ufffd\ufffe\uffff\ud800\udbff\udc00\udfff\U000e0001\U000e0041"
    "\U0010ffff"
)
STRANGE = (
    "😀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇨🇳", "👍🏽", "e\u0301", "a" + "\u0301" * 40, "\u0301", "ﷺ", "ﬃ", "İ", "ß", "ſ",
    "㎡", "⑵", "½", "²", "Ⅷ", "ｶﾞ", "ﾞ", "한", "\u1112\u1161\u11ab", "𠮷", "\U0002f800", "㐀", "薴", "乾隆",
    "اب\u202e", "नि", "\u0e33", "\ue000", "٢٠٢٣", "二〇二三", "*", "?", "a*", "[a-z]+", "(a+)+b", "\\", "\\0",
    "%s", "{0}", "{query!r}", "$HOME", "<b>", "&amp;", "'; DROP TABLE", "../../etc/passwd", "text:文旅",
)  # fmt: skip

# Queries with everything in them. Each one is in order.
VALID = (
    '文旅 "示范县" year:2022..2023 -招商',
    "(民政 OR 卫健) 养老 NOT (year:2021 OR 年份：2023..)",
    "“四个意识” －“他说”好”” （a OR 「b c」）",
    'title:"述职 报告" 标题:（试行） OR -章节：不足 -(section:"打算" 文旅)',
    "((民政 文旅) OR (招商引资 -(养老 OR “补贴”))) level:县 kind:述职报告",
    "portfolio:文化和旅游 分管：环保 declared:文旅局 OR 申报分管：“民政”",
    "date:2023-01 日期：2022 职务:局长 region:甲县 人员:县长 来源：样本",
    "NOT NOT -NOT “a” AND b AND ４Ａ级 ＯＲ ＮＯＴ ｙｅａｒ：２０２３",
    "2023年1－10月，落实“四个意识”，出台办法（试行）。 OR 全年接待游客120.5万人次；",
    '"a" "b" "c" OR ("d" OR ("e" OR ("f" -"g"))) year:..2022',
    "養老補貼 😀 👨‍👩‍👧 e\u0301 𠮷 -ﷺ “\u200b文旅” OR ｶﾞ",
    "一是抓招商引资！二是抓民政？三是抓文旅；四是抓养老，五是……",
)

VALUES = (
    "", " ", "　", "\u200b", '""', "“”", '" "', "“\u202e”", "()", "（ ）", "(a b)", "-", "--", "OR", "NOT",
    "0", "00", "0000", "9999", "99999", "-1", "+2023", "2023.5", "2e3", "1e999", "inf", "nan", "２０２３",
    "٢٠٢٣", "二〇二三", "2023年", "2023年度", "..", "...", "2021..", "..2021", "2023..2021", "2021..2023..2025",
    "0000..9999", "2023-13", "2023-02-30", "2023-02-3", "9" * 400, "9" * 4_900, "..".join(["2023"] * 300), "None",
    "文旅", "不存在", "文" * 4_900, "县" * 300, "\ud800", "a\0b", "\u202e文旅", "\x1b[2J", "year:2023", "title:title:a",
    ":", "：", "::", "'", '"', "“文旅", "文旅”", "*", "%", "\\", "😀", "a" + "\u0301" * 500, "；DROP", "<script>",
)  # fmt: skip

FIELDS = tuple(FIELD_NAMES)

INSERTED = [*WORDS, *OPERATORS, *QUOTES, *BRACKETS, *STOPS, *INVISIBLE, *STRANGE, " ", "year:"]
MIXED = [*WORDS, *OPERATORS * 2, *QUOTES, *BRACKETS, *STOPS, *INVISIBLE, *STRANGE]
MIXED += [f"{field}:" for field in FIELDS] + [f"{field}：" for field in FIELDS]

# Every search takes the next of these along, so that no query is tried in one order only.
OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"group": "passage"},
    {"sort": "date", "facets": FACETS},
    {"where": {"year": 2023}, "limit": 1},
    {"where": ["portfolio=文旅", "level=县"], "group": "passage", "facets": ("portfolio",)},
    {"limit": 0, "facets": ("year", "分管")},
    {"offset": 2, "limit": 10**30},
)


def prefixes() -> Iterator[str]:
    for query in VALID:
        for length in range(len(query) + 1):
            yield query[:length]
            yield query[length:]


def mutations() -> Iterator[str]:
    random_ = random.Random(1)
    yield from (mutate(random_) for _ in range(1_100))


def mutate(random_: random.Random) -> str:
    """Draw a query that is in order, with pieces of it replaced."""
    query = random_.choice(VALID)
    for _ in range(random_.randint(1, 4)):
        start = random_.randrange(len(query) + 1)
        end = min(len(query), start + random_.randint(0, 6))
        piece = random_.choice(
            (random_.choice(INSERTED), "", query[start:end] * 3, query[start:end][::-1])
        )
        query = query[:start] + piece + query[end:]
    return query


def mixtures() -> Iterator[str]:
    random_ = random.Random(2)
    yield from (mix(random_) for _ in range(800))


def mix(random_: random.Random) -> str:
    """Draw a query of words, operators, marks and fields in any order."""
    chosen = random_.choices(MIXED, k=random_.randint(1, 30))
    return random_.choice(["", " ", "　", "\u200b"]).join(chosen)


def random_characters() -> Iterator[str]:
    random_ = random.Random(3)
    yield from (draw_characters(random_) for _ in range(1_000))


def draw_characters(random_: random.Random) -> str:
    """Draw a query of any characters."""
    highest = random_.choice((0x7F, 0xFF, 0x2FFF, 0xFFFF, 0x10FFFF))
    length = random_.choice((1, 3, 20, 200))
    return "".join(chr(random_.randint(0, highest)) for _ in range(length))


def fields() -> Iterator[str]:
    for number, (field, value) in enumerate(product(FIELDS, VALUES)):
        # The two colons in turn, and every third time in a larger query.
        query = f"{field}{':：'[number % 2]}{value}"
        yield query if number % 3 else f"(文旅 OR {query}) -民政"


def field_names() -> Iterator[str]:
    for field in FIELDS:
        yield from (f"{field}:{field}:", f"{field}：：", f"-{field}:", f":{field}", f"({field}:)")
        yield from (
            f"{field}:OR 文旅",
            f"{field}:-",
            f"{field}: {field}: 1",
            f'{field}:"',
            f"{field}:(",
        )
        for mark in "\0\x1b\u200b\u202e\u2069\xad\ufeff\udc80":
            yield from (f"{mark}{field}:", f"{field[0]}{mark}{field[1:]}: ", f"{field}{mark}：")


def invisible() -> Iterator[str]:
    for mark in INVISIBLE:
        yield from (
            mark,
            mark * 200,
            f"文{mark}旅",
            f"{mark}文旅{mark}",
            f'"{mark}"',
            f"“{mark}文旅",
        )
        yield from (
            f"year:{mark}",
            f"year:20{mark}23x",
            f"kind:{mark}a",
            f"portfolio:a{mark}b",
            f"O{mark}R",
        )
        yield from (
            f"date:{mark}1",
            f"({mark})",
            f"-{mark}",
            f"a OR{mark}",
            f"O{mark}R a",
            f"NOT {mark}",
        )


def operators() -> Iterator[str]:
    parts = ("OR", "AND", "NOT", "-", "(", ")", "a", "（", "＂")
    for length in (1, 2, 3):
        for chosen in product(parts, repeat=length):
            yield " ".join(chosen)
            yield "".join(chosen)


def quotes() -> Iterator[str]:
    for length in (1, 2, 3):
        for chosen in product('"＂“”「」a ', repeat=length):
            yield "".join(chosen)


def long_ones() -> Iterator[str]:
    """Each at the greatest length that is read, and far above it."""
    sentence = "".join(BODIES[:2])
    for unit in (
        *(
            "a",
            "文",
            "的",
            "1",
            ".",
            "-",
            "－",
            ":",
            "：",
            "*",
            "\\",
            "\0",
            "\u202e",
            "\u0301",
            "\ud800",
        ),
        *(
            '"',
            "＂",
            "“",
            "”",
            "「」",
            "(",
            ")",
            "（",
            "）",
            "()",
            ")(",
            "（）",
            "(a",
            "(a ",
            "((a b) ",
        ),
        *(
            "。",
            "！",
            "？",
            "；",
            "，",
            "、",
            "…",
            "!",
            "?",
            ";",
            ",",
            "。”",
            "“。",
            "文。",
            "文，旅！",
            "a!",
        ),
        *(
            "OR ",
            "AND ",
            "NOT ",
            "- ",
            "-(",
            "NOT(",
            "OR NOT - ",
            "a OR ",
            "a -",
            "a OR -b ",
            "NOT a OR ",
        ),
        *(
            "year:",
            "year:2023 ",
            "field:field:",
            "title:",
            "title:a ",
            "年份：",
            "portfolio:文旅 OR ",
        ),
        *(
            "😀",
            "👨‍👩‍👧\u200d",
            "a\u0301",
            "ﷺ",
            "𠮷",
            "養",
            "“a” ",
            '"a"',
            '"a ',
            "“a ",
            '"文旅" OR ',
        ),
        *(
            "文旅",
            "文旅 ",
            "招商引资工作",
            "民政，",
            sentence,
            f"{sentence}\n",
            "0123456789",
            "a b",
            "ab",
        ),
    ):
        for length in (199, 4_990, 5_000):
            yield (unit * length)[:length]
        yield (unit * 6_000)[:6_000]
    for opening, closing in ("()", "（）", "“”", '""', "「」"):
        for depth in (19, 20, 21, 1_250, 2_499, 3_000):
            yield opening * depth + "a b" + closing * depth
            yield f"{opening}a " * depth + f" b{closing}" * depth
            yield opening * depth + closing * (depth - 1)
    yield from ("文" * 100_000, "a " * 50_000, "(" * 100_000, "。" * 100_000, "\ud800" * 100_000)
    # A run without a space, of nothing that occurs twice.
    yield "".join(map(chr, range(0x4E00, 0x4E00 + 5_000)))
    yield "，".join(map(chr, range(0x5E00, 0x5E00 + 2_500)))
    yield " ".join(map(chr, range(0x6E00, 0x6E00 + 200)))


FAMILIES: dict[str, Callable[[], Iterator[str]]] = {
    family.__name__: family
    for family in (
        *(prefixes, mutations, mixtures, random_characters, fields),
        *(field_names, invisible, operators, quotes, long_ones),
    )
}


def make_archive(root: Path) -> Archive:
    """An index with what the queries ask for: twelve reports of four texts."""
    reports = root / "reports"
    reports.mkdir()
    numbers = product(range(4), range(3))
    for number, (body, post) in enumerate(numbers):
        title = f"{POSTS[post]}{2021 + number % 4}年述职报告"
        paragraphs = [
            f"{heading}{BODIES[(body + shift) % 4]}\n" for shift, heading in enumerate(HEADINGS)
        ]
        text = f"{title}\n{OPENINGS[number % 4]}\n" + "".join(paragraphs)
        (reports / f"{number}.txt").write_text(text, encoding="utf-8")
    archive = Archive.create(root / "index")
    archive.index([reports])
    return archive


# A terminal obeys controls, breaks the line at line and paragraph ends, turns the text around at
# bidi marks, and cannot be sent surrogates.
GARBLING = {"Cc", "Cs", "Zl", "Zp"}
BIDI_MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HELPS = re.compile(
    r"at character \d+|at the (start|end)\b"  # a place
    r"|; |\bmust (not )?be\b|\bwrite\b|\bdid you mean\b|\bone of\b"  # a remedy
)
# Six lines of a terminal. A message quotes of a query what is wrong with it, not all of it.
LONGEST = 480


def garbling(text: str) -> str:
    """The characters of a text that would garble a terminal, by number."""
    found = {c for c in text if unicodedata.category(c) in GARBLING or c in BIDI_MARKS}
    return " ".join(f"U+{ord(char):04X}" for char in sorted(found))


def faults_of_message(error: Exception) -> Iterator[str]:
    message = str(error)
    if not HELPS.search(message):
        yield "names neither a place nor a remedy"
    if len(message.splitlines()) != 1:
        yield "is not one line"
    if "Traceback" in message or 'File "' in message or "Error:" in message:
        yield "shows the program's inside"
    if garbling(message):
        yield f"holds {garbling(message)}"
    if len(message) > LONGEST:
        yield f"has {len(message)} characters"


def faults_of_answer(result: SearchResult, text: str, options: Mapping[str, Any]) -> Iterator[str]:
    if result.query != text:
        yield "is to another query"
    matched = result.matched
    groups = matched.passages if options.get("group") == "passage" else matched.reports
    left = max(0, groups - options.get("offset", 0))
    if len(result.hits) != min(options.get("limit", 10), left):
        yield f"has {len(result.hits)} hits of {groups}"
    for hit in result.hits:
        for passage in hit.passages:
            for start, end in passage.highlights:
                if not passage.start <= start < end <= passage.end:
                    yield f"marks {start}-{end} of {passage.id}"


def faults(archive: Archive, text: str, **options: Any) -> Iterator[str]:
    """What is wrong with the answer to a search, or with its refusal."""
    try:
        result = archive.search(text, **options)
    except QueryError as error:
        for fault in faults_of_message(error):
            yield f"message {fault}: {str(error)[:200]!a}"
        if "where" not in options and not 0 <= error.position <= len(text):
            yield f"position {error.position} lies outside of the query"
    except Exception as error:  # noqa: BLE001 - any other is what is looked for
        yield f"{type(error).__name__}: {str(error)[:200]!a}"
    else:
        yield from (f"answer {fault}" for fault in faults_of_answer(result, text, options))


def report(entries: Iterable[str]) -> str:
    """How many faults there are, and some from all over the list; first the unforeseen errors."""
    every = sorted(entries, key=lambda entry: "Error: " not in entry)
    shown = every[:: len(every) // 20 + 1]
    return "\n".join([f"{len(every)} faults, among them:", *(fault[:300] for fault in shown)])


def wheres() -> Iterator[object]:
    for number, (field, value) in enumerate(product(FIELDS, VALUES)):
        yield ({field: value}, f"{field}={value}", [f"{field}={value}", "year=2023"])[number % 3]
    for value in (
        "",
        "=",
        "==",
        "year",
        "=2023",
        "年=2023",
        "\u202eyear=2023",
        "y\0ear=x",
        "\ud800=1",
    ):
        yield from (value, [value], ["year=2023", value])
    for name in ("", "text", "\u202e", "year ", "\x1b[2J", "名" * 100_000, "year:2023", "\ud800"):
        yield {name: "2023"}
    numbers = (0, -1, 2023.5, float("nan"), float("inf"), 10**400, 10**5_000, True, None)
    for thing in (*numbers, [], [2023], {"a": 1}, b"2023", object, range(3)):
        yield from ({"year": thing}, {"title": thing})
    for mark in INVISIBLE:
        yield from ({"year": mark}, {mark: "2023"}, f"kind={mark}x", {"portfolio": f"文{mark}"})
    for long in ("文" * 100_000, "9" * 100_000, "\u202e" * 100_000, " " * 100_000):
        yield from (
            {"title": long},
            {"year": long},
            {"分管": long},
            {"kind": long},
            long,
            f"{long}=1",
        )
    yield ["year=2023"] * 2_000
    yield [f"title={number}" for number in range(2_000)]
