"""Which section takes the place of one of the report before, of sections written out here."""

from __future__ import annotations

from reportsearch.analysis.year_on_year.section_matching import (
    ReportSections,
    SectionPath,
    match_sections,
)

Given = dict[str, tuple[str, set[str]]]
NOTHING_MOVED: dict[tuple[SectionPath, SectionPath], int] = {}


def sections(given: Given, plans: tuple[str, ...] = ()) -> ReportSections:
    """Outermost sections: for each heading its text, and the portfolios that it is about."""
    return ReportSections(
        paths=tuple((heading,) for heading in given),
        names={(heading,): heading for heading in given},
        texts={(heading,): text for heading, (text, _) in given.items()},
        portfolios={(heading,): frozenset(about) for heading, (_, about) in given.items()},
        plans=frozenset((heading,) for heading in plans),
    )


def found(now: ReportSections, before: ReportSections) -> dict[str, str]:
    places = match_sections(now, before, NOTHING_MOVED)
    return {path[0]: other[0] for path, other in places.items() if path}


TOURISM = ("民宿床位增加，过夜游客占比提高。", {"文旅"})


def test_a_section_takes_the_place_of_one_section_only() -> None:
    before = sections({"乡村旅游": TOURISM, "老屋迎客": TOURISM})
    now = sections({"全域发展": TOURISM})
    assert found(now, before) == {"乡村旅游": "全域发展"}


def test_what_is_to_come_takes_the_place_of_what_was_to_come_only() -> None:
    text = ("新增护理型床位，建成县博物馆。", set[str]())
    before = sections({"今年所为": text, "再往前走": text}, plans=("再往前走",))
    now = sections({"往后怎么走": text, "所做的事": text}, plans=("往后怎么走",))
    assert found(now, before) == {"今年所为": "所做的事", "再往前走": "往后怎么走"}


def test_plans_take_no_place_even_where_nothing_else_is_alike() -> None:
    text = ("新增护理型床位，建成县博物馆。", set[str]())
    before = sections({"今年所为": text})
    now = sections({"往后怎么走": text}, plans=("往后怎么走",))
    assert found(now, before) == {}


def test_the_same_heading_does_not_make_a_deed_of_a_plan() -> None:
    before = sections({"民政工作": ("新建养老院。", set())})
    now = sections({"民政工作": ("再建养老院。", set())}, plans=("民政工作",))
    assert found(now, before) == {}


def test_of_sections_that_say_alike_the_same_portfolio_decides() -> None:
    text = "新建两处，改造三处，群众满意。"
    before = sections({"为老": (text, {"民政"})})
    now = sections({"文化": (text, {"文旅"}), "养老": (text, {"民政"})})
    assert found(now, before) == {"为老": "养老"}


def test_a_heading_of_one_character_names_no_section_by_itself() -> None:
    before = sections({"水": ("河道清淤，堤防加固。", set())})
    now = sections({"水果种植": ("苹果丰收，果农增收。", set())})
    assert found(now, before) == {}


def test_a_heading_that_goes_on_is_the_same_heading() -> None:
    before = sections({"民政": ("河道清淤，堤防加固。", set())})
    now = sections({"民政和老龄工作扎实推进": ("苹果丰收，果农增收。", set())})
    assert found(now, before) == {"民政": "民政和老龄工作扎实推进"}
