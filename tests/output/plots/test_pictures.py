"""What each kind of picture shows: read back from the SVG."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportsearch.errors import NothingToDrawError, PlotError
from reportsearch.locale import Translator
from reportsearch.models.compare import Uses
from reportsearch.models.portfolios import OfficialSimilarity, Portfolios, SideBySide
from reportsearch.output import plots
from reportsearch.output.plots import fonts
from reportsearch.output.plots.picture import Picture
from reportsearch.output.plots.style import SHADES, add_title
from reportsearch.output.plots.text import (
    clean_text,
    make_unique_names,
    measure_ems,
    wrap_ems,
    wrap_label,
)
from reportsearch.output.plots.wording import build_caption
from tests.conftest import PROJECT
from tests.output.plots import samples
from tests.output.plots.reading import contrast, down, luminance, marks, parsed, says, texts

KINDS = tuple(samples.ALL)


@cache
def picture_of(kind: str, language: str = "en") -> Picture:
    return plots.build_picture(samples.ALL[kind], language)


@cache
def drawing(kind: str, language: str = "en") -> str:
    return plots.render_svg(samples.ALL[kind], language)


@pytest.mark.parametrize(
    ("kind", "language"),
    [*((kind, "en") for kind in KINDS), ("comparison", "zh"), ("portfolios", "zh")],
)
def test_a_picture_is_svg_whose_text_is_text(kind: str, language: str) -> None:
    picture = picture_of(kind, language)
    drawn = drawing(kind, language)
    root = parsed(drawn)
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg", "title", "desc", "g", "rect", "path", "line", "text", "tspan", "defs", "stop",
        "linearGradient",
    }  # fmt: skip
    # Nothing that a strict policy for pages would refuse.
    assert all(element.get("style") is None for element in root.iter())
    assert "<script" not in drawn
    assert "http" not in drawn.replace("http://www.w3.org/", "")
    first = next(element for element in root.iter("{*}text"))
    assert first.get("font-family").endswith("sans-serif")
    assert "Noto Sans SC" in first.get("font-family")
    assert picture.title in says(drawn)
    told = root.find("{*}title").text, root.find("{*}desc").text
    assert told == (picture.title, picture.caption)


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_one_that_vega_lite_allows(kind: str) -> None:
    add_title(picture_of(kind)).to_dict(validate=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_caption_has_the_number_of_reports(kind: str) -> None:
    number = {"side by side": 2, "portfolios": 2, "portfolios of one": 1, "timeline": 5}
    number |= dict.fromkeys(("use", "several uses", "use by official"), 12)
    expected = number.get(kind, 16)
    reports = f"{expected} report{'s' if expected > 1 else ''}"
    assert reports in picture_of(kind).caption
    assert f"{expected} 份" in picture_of(kind, "zh").caption


def test_keywords_are_sorted_and_those_of_portfolios_have_its_name_beside_them() -> None:
    drawn = drawing("keywords")
    assert down(drawn, "文旅", "养老院", "博物馆") == ["文旅", "博物馆", "养老院"]
    assert {"21.2 文旅", "9.5", "7.0 民政"} <= says(drawn)
    (bars,) = marks(drawn, "mark-rect")
    fills = [bar.get("fill") for bar in bars]
    assert fills[0] == fills[2]
    assert contrast(fills[0], fills[1]) > 3


def test_groups_of_keywords_stand_side_by_side() -> None:
    drawn = drawing("keywords of groups")
    assert {"甲县副县长述职报告", "乙县副县长述职报告", "农村公路"} <= says(drawn)
    many = [samples.group(f"r{n}", "", samples.keyword("公路", 5.0)) for n in range(13)]
    picture = plots.build_picture(samples.keywords(*many, by="report"))
    assert "First 12 of 13 groups" in picture.caption
    assert [row[0] for row in picture.rows] == [f"r{n}" for n in range(12)]


def test_what_is_left_out_is_told() -> None:
    entries = [samples.keyword(f"词语{n}", 100.0 - n) for n in range(40)]
    picture = plots.build_picture(samples.keywords(samples.group("a", "甲", *entries)))
    assert "First 30 of 40 terms shown" in picture.caption
    assert [row[0] for row in picture.rows] == [f"词语{n}" for n in range(30)]


def test_a_line_over_years_is_broken_where_there_is_no_report() -> None:
    drawn = drawing("timeline")
    lines = [path.get("d") for group in marks(drawn, "mark-line") for path in group]
    assert [line.count("L") for line in lines] == [1, 1]
    assert "2020" in says(drawn)
    # A year without a match has a dot at zero all the same.
    assert len(marks(drawn, "mark-symbol")[0]) == 4
    picture = plots.build_picture(samples.YEARS)
    assert "no reports" in picture.caption
    assert "1 report" in picture.caption
    assert picture.rows[1] == ("2019", 0.0, 0, 0)
    without = samples.timeline(("2021", 1, 2, 1.5), ("2022", 1, 1, 1.0))
    assert "no report" not in plots.build_picture(without).caption


def test_conditions_alone_are_counted_in_reports() -> None:
    found = samples.timeline(("2021", 1, 0, 0.0), ("2022", 3, 0, 0.0), query="year:2021..2022")
    drawn = plots.render_svg(found)
    assert "Per 10,000 characters" not in says(drawn)
    assert "Matching reports" in says(drawn)


def test_topics_of_one_group_are_bars_by_share() -> None:
    drawn = drawing("topics of one")
    names = ("3 公路·养护·桥梁", "1 景区·游客·博物馆", "2 养老·低保·殡葬")
    assert down(drawn, *names) == list(names)
    assert {"70.0%", "20.0%", "10.0%"} <= says(drawn)


def test_topics_over_years_leave_gaps() -> None:
    drawn = drawing("topics by year")
    # 2015-2016, 2019 and 2022-2023 for each of three topics; 2019 alone is a dot.
    assert [len(group) for group in marks(drawn, "mark-area")] == [1] * 9
    paths = [group[0].get("d") for group in marks(drawn, "mark-area")]
    assert max(path.count("L") for path in paths) == 3
    assert len(marks(drawn, "mark-symbol")) == 3


def test_too_few_passages_are_told() -> None:
    few = samples.topics("official", ("张三", (0.5, 0.3, 0.2)), too_few=True)
    caption = plots.build_picture(few).caption
    assert "Too few passages" in caption
    assert "NPMI" not in caption
    assert "12.5% of passages" in caption


@pytest.mark.parametrize("kind", ["topics by official", "portfolios", "similarity"])
def test_the_more_the_darker_also_in_grey(kind: str) -> None:
    drawn = drawing(kind)
    cells = [cell for group in marks(drawn, "mark-rect") for cell in group]
    shades = [c.get("fill") for c in cells if c.get("fill", "").startswith("rgb")]
    written = [t for t in texts(drawn) if t.text.replace(".", "").replace("<", "").isdecimal()]
    assert len(shades) > 3
    expected = {
        "topics by official": [70, 5, 0, 20, 90, 40, 10, 5, 60],
        "portfolios": [60, 30, 0, 10, 20, 50, 10],
        "similarity": [50, 80, 30, 40, 10, 20],
    }[kind]
    by_value = sorted(zip(expected, map(luminance, shades), strict=True))
    lights = [light for _, light in by_value]
    assert lights == sorted(lights, reverse=True)
    assert len({round(light, 3) for light in lights}) == len(set(expected))
    assert written


def test_shades_fall_in_luminance_and_numbers_on_them_can_be_read() -> None:
    lights = [luminance(shade) for shade in SHADES]
    assert lights == sorted(lights, reverse=True)
    shares = [n / 100 for n in range(2, 101, 7)]
    groups = [(f"人{n}", (share, 0.0, 0.0)) for n, share in enumerate(shares)]
    drawn = plots.render_svg(samples.topics("official", *groups))
    cells = [c for g in marks(drawn, "mark-rect") for c in g if c.get("fill")[0] == "r"]
    fills = [cell.get("fill") for cell in cells][: len(shares)]
    inks = {
        element.text: element.get("fill")
        for element in parsed(drawn).iter("{*}text")
        if "mark-text" in element.getparent().get("class")
        and "role-mark" in element.getparent().get("class")
    }
    for share, fill in zip(shares, fills, strict=True):
        assert contrast(fill, inks[f"{share * 100:.0f}"]) >= 4.5


def test_compared_terms_are_sorted_by_effect_and_show_what_is_significant() -> None:
    drawn = drawing("comparison")
    assert down(drawn, "旅游", "景区", "研学") == ["景区", "旅游", "研学"]
    symbols = marks(drawn, "mark-symbol")
    (dots,) = [group for group in symbols if len(group) == 3]
    assert [dot.get("fill") for dot in dots] == ["#1f4e79", "#ffffff", "#ffffff"]
    assert len({dot.get("d") for dot in dots}) == 1
    # What was not tested has another shape.
    (untested,) = symbols[-1]
    assert untested.get("d") != dots[0].get("d")
    assert {"q < .05", "q ≥ .05", "not tested: too few officials"} <= says(drawn)


def test_an_interval_without_an_end_goes_on_as_an_arrow() -> None:
    drawn = drawing("comparison")
    arrows = [
        group
        for group in marks(drawn, "mark-symbol")
        if group[:1] and group[0].get("fill") == "#555555"
    ]
    assert [len(group) for group in arrows] == [1, 1]
    rows = plots.build_picture(samples.COMPARISON).rows
    assert [row[3] for row in rows] == ["2.00 – …", "0.50 – 2.50", "… – 0.50", "1.00 – 3.00"]


def test_the_use_of_a_term_has_its_interval_and_gaps() -> None:
    drawn = drawing("use")
    assert [len(group) for group in marks(drawn, "mark-area")] == [1, 1, 1]
    picture = plots.build_picture(samples.USES)
    assert picture.rows[2] == ("乡村振兴", "2020", None, "", None, 0, 0)
    assert "First use of 乡村振兴: 2018 (2019-02-01)" in picture.caption
    assert {"乡村振兴", "放管服"} <= says(drawing("several uses"))
    assert down(drawing("use by official"), "张三", "李四") == ["李四", "张三"]


def test_only_years_without_a_gap_in_them_are_drawn_as_years() -> None:
    use = samples.use("乡村振兴", samples.point("3", 1.0), samples.point("90000", 2.0))
    by_report = Uses("report", 2, 0, (use,))
    assert down(plots.render_svg(by_report), "3", "90000") == ["90000", "3"]
    # That nothing is known of 2020 and 2021 is not told by two years that were named.
    named = samples.use("乡村振兴", samples.point("2019", 1.0), samples.point("2022", 2.0))
    picture = plots.build_picture(Uses("year", 4, 0, (named,)))
    assert "no reports" not in picture.caption
    assert [row[1] for row in picture.rows] == ["2019", "2022"]


def test_a_wide_interval_does_not_flatten_the_rest() -> None:
    wide = replace(samples.point("2018", 1.0), interval=(0.0, 500.0))
    use = samples.use("乡村振兴", wide, samples.point("2019", 2.0))
    picture = plots.build_picture(Uses("year", 2, 0, (use,)))
    assert "cut off" in picture.caption
    assert picture.rows[0][3] == "0.00 – 500.00"
    assert "500" not in says(plots.render_svg(Uses("year", 2, 0, (use,))))
    assert "cut off" not in plots.build_picture(samples.USES).caption


def test_without_title_and_caption_a_picture_fits_into_a_page() -> None:
    bare = plots.render_svg(samples.YEARS, bare=True)
    assert not {'"文旅" by year'} & says(bare)
    assert {"2018", "Matching reports"} <= says(bare)


def test_what_is_declared_or_reported_alone_is_marked_by_shape() -> None:
    drawn = drawing("portfolios")
    hollow, cross = marks(drawn, "mark-symbol")
    assert [len(hollow), len(cross)] == [1, 1]
    assert hollow[0].get("d") != cross[0].get("d")
    assert hollow[0].get("fill") in {None, "none", "transparent"}
    assert {"assigned, nothing found", "covered, not assigned"} <= says(drawn)
    rows = plots.build_picture(samples.PORTFOLIOS).rows
    assert rows == (
        ("张三", "文旅", 60.0, "assigned and covered"),
        ("张三", "民政", 30.0, "assigned and covered"),
        ("张三", "供销", 0.0, "assigned, nothing found"),
        ("张三", "other", 10.0, ""),
        ("李四", "文旅", 20.0, "covered, not assigned"),
        ("李四", "民政", 50.0, "assigned and covered"),
        ("李四", "other", 10.0, ""),
    )
    bars = drawing("portfolios of one")
    assert down(bars, "供销", "文旅", "民政") == ["文旅", "民政", "供销"]
    assert "0.0% assigned, nothing found" in says(bars)


def test_officials_side_by_side_are_sorted_by_share() -> None:
    assert down(drawing("side by side"), "张三", "李四") == ["张三", "李四"]


def test_similarity_is_without_formulae_above_the_diagonal_and_with_them_below() -> None:
    drawn = drawing("similarity")
    at = {shown.text: (shown.x, shown.y) for shown in texts(drawn)}
    assert at["0.80"][0] < at["0.50"][0]
    assert at["0.80"][1] > at["0.50"][1]
    assert [row[:2] for row in plots.build_picture(samples.SIMILARITY).rows] == [
        ("张三", "李四"), ("李四", "王五"), ("张三", "王五"),
    ]  # fmt: skip


def test_long_names_are_drawn_whole() -> None:
    name = "某某县人民政府党组成员、副县长、经济技术开发区管理委员会主任（兼任文化旅游投资发展集团党委书记）"
    rows = (samples.row(name, samples.portion("文旅", 0.5)), *samples.ROWS)
    drawn = plots.render_svg(Portfolios("official", 3, 0, 0.1, rows, samples.TOTALS))
    assert name in says(drawn)
    assert all(shown.x >= 0 for shown in texts(drawn))
    columns = OfficialSimilarity(2, ("甲" * 30, "乙" * 30), ())
    square = parsed(plots.render_svg(columns))
    assert {"甲" * 30, "乙" * 30} <= says(plots.render_svg(columns))
    assert float(square.get("height")) > 30 * 12 * 0.7


def test_hostile_text_changes_nothing_but_itself() -> None:
    odd = "\u202e<script>alert(1)</script>&\x00\ud800\u2028'\"\\n datum.x"
    shown = samples.group("a", odd, samples.keyword(odd, 5.0, odd), samples.keyword("甲", 4.0))
    drawings = []
    for result in (
        samples.keywords(shown),
        samples.timeline(("2021", 1, 1, 1.0), query=odd),
        Portfolios("official", 1, 0, 0.1, (samples.row(odd, samples.portion(odd, 0.5)), *samples.ROWS), samples.TOTALS),
        Uses("year", 1, 0, (samples.use(odd, samples.point("2021", 1.0)),)),
    ):  # fmt: skip
        page = plots.render_page(result)
        assert "<script" not in page
        assert "\u202e" not in page
        page.encode()
        drawings += re.findall(r"<svg\b.*</svg>", page, re.DOTALL)
    told = [says(drawn) for drawn in drawings]
    assert len(told) == 4
    assert any("<script>alert(1)</script>&" in text for text in told[0])


def test_several_pictures_in_one_page_share_no_identifier() -> None:
    drawn = [drawing(kind) for kind in KINDS]
    own = [set(re.findall(r' id="([^"]+)"', text)) for text in drawn]
    assert all(own)
    assert len(set.union(*own)) == sum(map(len, own))
    for text, names in zip(drawn, own, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= names


# A process without any font of the system. First without the font of the extra, too, so that the
# test can tell boxes: two pictures that differ in one character are equal with boxes for both.
ELSEWHERE = """
import sys
from hashlib import sha256
from pathlib import Path
from reportsearch.output import plots
from reportsearch.output.plots import drawing, fonts
from tests.output.plots.samples import ALL, group, keyword, keywords

def count_pngs():
    made = [plots.render_png(keywords(group("a", "a", keyword(term, 5.0)))) for term in "民政"]
    assert all(data.startswith(b"\\x89PNG") for data in made)
    return len({sha256(data).digest() for data in made})

find, check = fonts.find_packaged_font, fonts.check_font
fonts.find_packaged_font = fonts.check_font = lambda: None
print(count_pngs())
fonts.find_packaged_font, fonts.check_font = find, check
drawing._register_fonts.cache_clear()
print(count_pngs())
for kind in sys.argv[2:]:
    Path(sys.argv[1], kind + ".svg").write_text(plots.render_svg(ALL[kind]), encoding="utf-8")
Path(sys.argv[1], "a.html").write_text(plots.render_page(ALL["use"], "zh"), encoding="utf-8")
"""
# With gradients and clips, of which Vega numbers the identifiers.
DRAWN_ELSEWHERE = ("portfolios", "comparison", "keywords")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """What another process draws, which has another seed and no font of the system."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "none").mkdir()
    fonts_file = folder / "fonts.conf"
    fonts_file.write_text(
        f"<fontconfig><dir>{folder / 'none'}</dir></fontconfig>", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(folder), *DRAWN_ELSEWHERE],
        env={**os.environ, "PYTHONHASHSEED": "1", "FONTCONFIG_FILE": str(fonts_file)},
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout.split()


def test_the_same_answer_gives_the_same_bytes(elsewhere: tuple[Path, list[str]]) -> None:
    # This process has drawn others before.
    folder, _ = elsewhere
    for kind in DRAWN_ELSEWHERE:
        assert (folder / f"{kind}.svg").read_bytes() == drawing(kind).encode()
    page = plots.render_page(samples.ALL["use"], "zh")
    assert (folder / "a.html").read_bytes() == page.encode()


def test_a_png_shows_characters_where_the_system_has_no_font(
    elsewhere: tuple[Path, list[str]],
) -> None:
    _, (with_boxes, with_characters) = elsewhere
    assert with_characters == "2"
    if sys.platform == "linux":
        assert with_boxes == "1"


@pytest.mark.parametrize("name", ["altair", "vl_convert"])
def test_a_missing_extra_is_told_with_what_to_install(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(PlotError) as refused:
        plots.check_target(Path("x.svg"))
    assert (
        str(refused.value)
        == "plots require another package; run: pip install 'reportsearch[plots]'"
    )


def test_where_no_font_has_chinese_a_png_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fonts.find_packaged_font() is not None
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    (tmp_path / "DejaVuSans.ttf").touch()
    with pytest.raises(PlotError, match=r"pip install pylopdf-fonts-zh-cn.*\.svg"):
        fonts.check_font([str(tmp_path)])
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    fonts.check_font([str(tmp_path)])


@pytest.mark.parametrize(
    "result",
    [
        samples.keywords(),
        samples.keywords(samples.group("a", "甲")),
        samples.timeline(),
        samples.timeline(("2021", 0, 0, 0.0)),
        samples.timeline((None, 2, 2, 1.0)),
        Uses("year", 3, 3, ()),
        Portfolios("official", 0, 0, 0.0, (), ()),
        SideBySide("文旅", "official", 0, 0, (), ()),
        OfficialSimilarity(1, ("张三",), ()),
    ],
)
def test_nothing_is_no_empty_picture(result: plots.PlottableResult) -> None:
    with pytest.raises(NothingToDrawError):
        plots.render_svg(result)


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlotError, match=r"must be a \.svg, \.png or \.html file, not .*a\.pdf"):
        plots.write_plot(samples.YEARS, tmp_path / "a.pdf")
    with pytest.raises(ValueError, match="language must be one of zh, en"):
        plots.render_svg(samples.YEARS, "fr")


def test_captions_are_sentences() -> None:
    assert build_caption(Translator("en"), "One", "", "two") == "One. two."
    assert build_caption(Translator("zh"), "一", "", "二") == "一。二。"


@given(st.text(max_size=80), st.integers(4, 20))
def test_lines_hold_all_of_a_text_and_fit(text: str, width: int) -> None:
    lines = wrap_ems(text, width)
    assert "".join("".join(lines).split()) == "".join(clean_text(text).split())
    assert all(measure_ems(line) <= width for line in lines)
    assert "".join(wrap_label(text, width).split()) == "".join(clean_text(text).split())


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=8))
def test_names_of_rows_are_unique(entries: list[tuple[str, str]]) -> None:
    names = make_unique_names(entries)
    assert len(set(names)) == len(names) == len(entries)


def test_the_portfolios_with_most_text_are_drawn_and_the_scale_reaches_them_all() -> None:
    many = [samples.portion(f"领域{number}", 0.01) for number in range(25)]
    row = replace(samples.ROWS[0], portions=(*many, samples.portion("大块", 0.3)), other=0.9)
    totals = [
        replace(
            samples.TOTALS[0],
            portfolio=one.portfolio,
            rows=2 - (one.portfolio == "大块"),
            share=one.share,
        )
        for one in row.portions
    ]
    found = replace(
        samples.PORTFOLIOS, rows=(row, replace(row, value="李四")), totals=tuple(totals)
    )
    picture = plots.build_picture(found)
    drawn = {cells[1] for cells in picture.rows}
    assert "大块" in drawn
    assert len(drawn) == 25
    # The column of what is about none is the darkest.
    scale = re.search(r'"domain": \[0, (\d+)', json.dumps(picture.chart.to_dict()))
    assert scale
    assert int(scale[1]) >= 90
