from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import lexicon
from reportsearch.errors import QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import ReportInfo
from reportsearch.search import query
from reportsearch.search.query import FreeText, Node, Not, Or, ReportFilter, SectionFilter, Term
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


@pytest.fixture
def parse(tokenizer: Tokenizer, words: Lexicon) -> ParseFunction:
    return ParseFunction(tokenizer, words)


class ParseFunction:
    def __init__(self, tokenizer: Tokenizer, words: Lexicon) -> None:
        self._parts = (tokenizer, words)

    def __call__(self, text: str) -> Node:
        return query.parse(text, *self._parts).node


def shape(node: Node) -> object:
    """A query tree as nested tuples of its strings."""
    if isinstance(node, Term):
        return f'"{node.string}"' if node.quoted else node.string
    if isinstance(node, FreeText):
        return f"{node.string}…"
    if isinstance(node, ReportFilter | SectionFilter):
        return f"{node.field}:{node.value}"
    if isinstance(node, Not):
        return ("not", shape(node.part))
    return ("or" if isinstance(node, Or) else "and", *map(shape, node.parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("招商引资", "招商引资"),
        ("  招商引资　", "招商引资"),
        ("文旅 民政", ("and", "文旅", "民政")),
        ("文旅　民政", ("and", "文旅", "民政")),
        ("文旅 AND 民政", ("and", "文旅", "民政")),
        ("文旅 OR 民政", ("or", "文旅", "民政")),
        ("文旅 ＯＲ 民政", ("or", "文旅", "民政")),
        ("a b OR c", ("or", ("and", "a", "b"), "c")),
        ("a (b OR c)", ("and", "a", ("or", "b", "c"))),
        ("a （b OR c）", ("and", "a", ("or", "b", "c"))),
        ("((a b))", ("and", "a", "b")),
        ("-文旅 县", ("and", ("not", "文旅"), "县")),
        ("县 －文旅", ("and", "县", ("not", "文旅"))),
        ("NOT 文旅", ("not", "文旅")),
        ("NOT (a OR b)", ("not", ("or", "a", "b"))),
        ('"旅游示范县"', '"旅游示范县"'),
        ("“旅游示范县”", '"旅游示范县"'),
        ("「旅游 示范县」", '"旅游 示范县"'),
        ('"他说"好"', '"他说"好"'),
        ('-"文旅"', ("not", '"文旅"')),
        ('("a" OR b)', ("or", '"a"', "b")),
        ('("a")', '"a"'),
    ],
)
def test_operators_quotes_and_brackets(parse: ParseFunction, text: str, expected: object) -> None:
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("2023年1－10月", "2023年1-10月"),
        ("（试行）", "(试行)"),
        ("增强“四个意识”", "增强“四个意识”"),
        ("“四个意识”不断增强", "“四个意识”不断增强"),
        ("办法（试行）", "办法(试行)"),
        ("（一）理论学习", "(一)理论学习"),
        ("or", "or"),
        ("XOR", "xor"),
        ("时间：2023年", "时间:2023年"),
        ("https://x", "https://x"),
        ("94％", "94%"),
        ("-", "-"),
        ("--", "--"),
        ("a)", "a)"),
        ("1.5-2", "1.5-2"),
        ("*亿元", "*亿元"),
        ("《规划》", "《规划》"),
    ],
)
def test_anything_else_is_text_and_can_be_pasted(
    parse: ParseFunction, text: str, string: str
) -> None:
    node = parse(text)
    assert isinstance(node, Term)
    assert node.string == string
    assert not node.quoted


def test_brackets_inside_a_pasted_term_stay_in_it(parse: ParseFunction) -> None:
    assert shape(parse("(关于 意见（试行）)")) == ("and", "关于", "意见(试行)")
    assert shape(parse("（关于）（试行） 办法")) == ("and", "(关于)(试行)", "办法")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("year:2023", "year:2023"),
        ("YEAR:2023", "year:2023"),
        ("年份：2021..2023", "year:2021..2023"),
        ("年份:2021..", "year:2021.."),
        ("portfolio:文化和旅游", "portfolio:文旅"),
        ("分管：环保", "portfolio:生态环境"),
        ("declared:文旅局", "declared:文旅"),
        ('title:"述职 报告"', "title:述职 报告"),
        ("标题:（试行）", "title:(试行)"),
        ("章节：不足", "section:不足"),
        ("职务:副县长", "post:副县长"),
        ("类型:述职报告", "kind:述职报告"),
        ("地区：甲县", "region:甲县"),
        ("人员:甲县副县长", "official:甲县副县长"),
        ("title:OR", "title:or"),
        ("title:title:a", "title:title:a"),
    ],
)
def test_fields_in_both_languages_and_widths(
    parse: ParseFunction, text: str, expected: str
) -> None:
    assert shape(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" 　\u200b", "empty"),
        ("OR", "OR at character 1 needs a term"),
        ("文旅 OR", "OR at the end needs a term"),
        ("文旅 NOT", "NOT at the end needs a term"),
        ("AND 文旅", "AND at character 1 needs a term"),
        ("a OR OR b", "OR at character 6 needs a term"),
        ('""', "nothing to search for at character 1"),
        ('文旅 "', "the quotation mark at character 4 is not closed"),
        ("“文旅", "add ”"),
        ("(文旅 OR 民政", "the bracket at character 1 is not closed"),
        ("( )", "at character 3 needs a term"),
        ("year:", "year: at character 1 has no value; write for example year:2021..2023"),
        ("year: 2023", "year: at character 1 has no value"),
        ("year:abc", "'abc' at character 6 is not a year"),
        ("year:2023-2024", "is not a year; write for example year:2021..2023"),
        ("year:..", "is not a year"),
        ("year:2023..2021", "2023 is after 2021"),
        ("kind:报告", "is not a valid kind; use one of 述职报告"),
        ("级别:县级", "is not a valid level; use one of 国家、省、市、县、乡、村"),
        ("date:2023-99", "'2023-99' at character 6 is not a date"),
        ("portfolio:文化旅", "did you mean one of: 文旅"),
        ("a " * 300, "over the limit of 200"),
        (" ".join(f"a{n}" for n in range(51)), "51 words and strings, over the limit of 50"),
        (" OR ".join(f"-a{n}" for n in range(51)), "51 words and strings, over the limit of 50"),
        ("文" * 6000, "over the limit of 5000"),
        ("NOT " * 40 + "a", "brackets or NOTs are nested more than 20 deep"),
        ("(" * 60 + "a b" + ")" * 60, "brackets or NOTs are nested more than 20 deep"),
    ],
)
def test_a_bad_query_says_where_and_what_to_write(
    parse: ParseFunction, text: str, said: str
) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_the_position_of_an_error_is_that_of_the_trouble(parse: ParseFunction) -> None:
    with pytest.raises(QueryError) as error:
        parse("文旅 year:abc")
    assert error.value.position == 8


def test_a_bare_run_carries_its_synonyms_and_words(parse: ParseFunction) -> None:
    node = parse("文旅")
    assert isinstance(node, Term)
    assert {("文化旅游",), ("文化和旅游",)} <= {other.strings for other in node.synonyms}
    node = parse("养老补贴")
    assert isinstance(node, Term)
    assert node.words == ("养老", "补贴")
    node = parse('"文旅"')
    assert isinstance(node, Term)
    assert (node.synonyms, node.words) == ((), ())


def test_a_single_word_needs_no_second_look_for_itself(parse: ParseFunction) -> None:
    node = parse("招商引资")
    assert isinstance(node, Term)
    assert node.words == ()


def test_terms_under_a_not_are_not_asked_for(tokenizer: Tokenizer, words: Lexicon) -> None:
    parsed = query.parse("a (b OR -c) NOT (d e) a", tokenizer, words)
    assert [term.string for term in parsed.positive_terms()] == ["a", "b"]


INFO = ReportInfo(
    id="a", title="甲县副县长述职", kind="述职报告", year=2022, date="2023-01-11",
    post="副县长", level="县", region="甲县戊镇", official="甲县副县长", declared=("文旅",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("year:2022", True),
        ("year:2021..2022", True),
        ("year:2023..", False),
        ("year:..2021", False),
        ("date:2023-01", True),
        ("date:2023-02", False),
        ("post:副县长", True),
        ("post:县长", False),
        ("kind:工作总结", False),
        ("level:县", True),
        ("region:甲县", True),
        ("official:副县长", True),
        ("title:述职", True),
        ("declared:文化和旅游", True),
        ("declared:民政", False),
        ("source:网站", False),
    ],
)
def test_what_a_filter_lets_through(parse: ParseFunction, text: str, met: bool) -> None:
    node = parse(text)
    assert isinstance(node, ReportFilter)
    assert node.matches(INFO) is met


def test_the_head_of_any_bureau_is_a_head_but_no_deputy(parse: ParseFunction) -> None:
    node = parse("post:局长")
    assert isinstance(node, ReportFilter)
    assert node.matches(ReportInfo(id="b", title="", post="教育和体育局局长"))
    assert not node.matches(ReportInfo(id="b", title="", post="教育和体育局副局长"))


HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('()（）"“”「」:：-－ 　年份yearORANDNOT\x00\ud800\u202e😀文旅*,..'),
    ),
    max_size=80,
)


@settings(max_examples=200)
@given(HOSTILE)
def test_any_string_is_parsed_or_refused_with_a_sentence(text: str) -> None:
    refused = None
    try:
        parsed = query.parse(text, TOKENIZER, WORDS)
    except QueryError as error:
        refused = error
    if refused is None:
        assert all(term.string for term in parsed.positive_terms())
    else:
        assert str(refused)
        assert 0 <= refused.position <= len(text)


@pytest.mark.parametrize(
    "text", ["(" * 3000, "(a " * 1500, "（" * 2000 + "）" * 2000, "“a” " * 190]
)
def test_deep_and_long_queries_end_at_once(parse: ParseFunction, text: str) -> None:
    with suppress(QueryError):
        assert parse(text)
