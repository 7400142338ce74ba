"""The pages of HTML: what stands in them, that all links lead somewhere, that nothing breaks them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Reuse
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.html import MAX_OPEN, render_reuse_page, render_year_on_year_page
from reportsearch.output.prose import reuse
from tests.languages import EN, ZH
from tests.output import printed


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Reuse:
    return printed.reuse_of(tmp_path_factory.mktemp("reports"))


def parsed(page: str) -> Any:
    # The parser takes a string's encoding for unknown when a meta element names it.
    return lxml.html.document_fromstring(page.encode("utf-8"))


def shown_text(tree: Any) -> str:
    """The report's text as the page shows it, without the raised numbers."""
    (box,) = tree.find_class("text")
    return "\n".join(
        "".join(line.xpath(".//text()[not(ancestor::sup)]")) for line in box.findall("p")
    )


def words_of(element: Any) -> str:
    return re.sub(r"\s+", "", element.text_content())


def section(tree: Any, name: str) -> Any:
    (found,) = tree.xpath(f"//main/section[@aria-labelledby='{name}']")
    return found


def marks(tree: Any) -> Iterator[Any]:
    (box,) = tree.find_class("text")
    yield from box.xpath(".//a[contains(@class, 'm ')]")


def check_links(tree: Any) -> None:
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    links = tree.xpath("//a/@href")
    assert [link for link in links if link[0] != "#" or link[1:] not in ids] == []


def test_the_marked_text_is_the_reports(result: Reuse) -> None:
    assert shown_text(parsed(render_reuse_page(result, ZH))) == result.text


def test_what_is_shared_with_earlier_and_later_reports_is_told_apart(result: Reuse) -> None:
    assert [source.report.year for source in result.sources] == [2021, 2021, 2020]
    assert [source.report.year for source in result.reused_by] == [2023]
    tree = parsed(render_reuse_page(result, ZH))
    rows = [
        [words_of(cell) for cell in row] for row in section(tree, "sources").xpath(".//tbody/tr")
    ]
    assert [row[0] for row in rows] == ["来源1", "来源2", "来源3"]
    assert [rows[0][1], *rows[0][7:]] == ["甲县县长2021年度述职报告", "—", "2021", "—"]
    first = result.sources[0]
    assert rows[0][2] == f"{first.rate * 100:.1f}%"
    assert [int(cell) for cell in rows[0][3:7]] == [
        first.chars, first.longest, first.chars_without_formulae, first.edited_chars,
    ]  # fmt: skip
    (later,) = section(tree, "later").xpath(".//tbody/tr")
    assert words_of(later).startswith("较晚1丙县副县长2023年度述职报告")


def test_ones_own_reports_are_marked(tmp_path: Path) -> None:
    texts = {"metadata.csv": "id,official\n甲县县长2021年度述职报告.txt,甲\n"}
    texts["metadata.csv"] += "甲县副县长2022年度述职报告.txt,甲\n"
    with printed.archive_of(tmp_path, {**printed.texts(), **texts}) as archive:
        result = printed.one(archive.reuse("甲县副县长2022"))
    (row, *_) = section(parsed(render_reuse_page(result, ZH)), "sources").xpath(".//tbody/tr")
    assert [words_of(cell) for cell in row][7:] == ["甲", "2021", "本人"]


def test_the_figures_stand_on_top(result: Reuse) -> None:
    tree = parsed(render_reuse_page(result, ZH))
    names = [words_of(entry) for entry in section(tree, "figures").xpath(".//dt")]
    values = [words_of(entry) for entry in section(tree, "figures").find_class("value")]
    shown = dict(zip(names, values, strict=True))
    assert shown["总文字复制比"] == f"{result.rate * 100:.1f}%"
    assert shown["去除套话复制比"] == f"{result.rate_without_formulae * 100:.1f}%"
    assert shown["去除本人较早报告"] == f"{result.rate_without_own * 100:.1f}%"
    assert shown["仅他人报告"] == f"{result.rate_from_others * 100:.1f}%"
    assert shown["去除较晚的报告"] == f"{result.rate_from_sources * 100:.1f}%"
    others = f"{result.rate_from_others_without_formulae * 100:.1f}%"
    assert shown["仅他人报告，去除套话"] == others
    assert shown["含局部改动"] == f"{result.rate_with_edits * 100:.1f}%"
    assert shown["最长连续相同字数"] == str(result.longest)
    assert (shown["总字数"], shown["重复字数"]) == (str(result.chars), str(result.shared))
    header = words_of(tree.find(".//header"))
    assert f"全文{result.chars}字，其中{shown['总文字复制比']}" in header
    assert "与4份其他馆藏报告比对；连续相同13字以上" in header
    assert "甲县副县长2022年度述职报告.txt" in header


def test_each_mark_has_its_kind_its_number_and_its_source(result: Reuse) -> None:
    tree = parsed(render_reuse_page(result, ZH))
    found = list(marks(tree))
    assert {mark.get("class") for mark in found} == {"m exact", "m edited", "m formula"}
    (copied,) = [mark for mark in found if mark.text == printed.COPIED[:24]]
    # Also in the other officials' reports of 2021 and 2023.
    assert (copied.get("class"), copied.get("href")) == ("m exact", "#source_1")
    # The number stands behind the last of the pieces that follow one another.
    assert copied.findall("sup") == []
    (last,) = [mark for mark in found if mark.text == printed.COPIED[24:]]
    assert [entry.text for entry in last.findall("sup")] == ["[来源1等3份]"]
    formula = [mark for mark in found if (mark.text or "-") in printed.FORMULA_TEXT]
    assert "".join(mark.text for mark in formula) == printed.FORMULA_TEXT
    assert {mark.get("class") for mark in formula} == {"m formula"}
    (phrase,) = [mark for mark in found if (mark.text or "").endswith("请批评指正")]
    assert (phrase.get("class"), phrase.get("href")[:9]) == ("m formula", "#formula_")
    labels = {
        entry.anchor: entry.label
        for side in reuse_numbering.number_sources(result, ZH)
        for entry in side
    }
    for mark in found:
        for number in mark.findall("sup"):
            label = number.text.strip("[]").partition("等")[0]
            assert labels.get(mark.get("href")[1:], label) == label


def test_the_evidence_shows_both_sides_of_each_place(result: Reuse) -> None:
    tree = parsed(render_reuse_page(result, ZH))
    for side in reuse_numbering.number_sources(result, ZH):
        for entry in side:
            (box,) = tree.xpath(f"//section[@aria-labelledby='{entry.evidence}']")
            assert f"文件{entry.source.report.id}" in words_of(box)
            places = box.xpath(".//ol/li")
            assert len(places) == len(entry.source.places)
            for item, place in zip(places, entry.source.places, strict=True):
                both = [element.text_content().strip() for element in item.findall(".//dd")]
                assert both == [place.text, place.source_text]
                head = words_of(item.find("p"))
                assert head.startswith(
                    "".join(
                        f"{ZH.translate(reuse.KINDS[kind])}{chars}字"
                        for kind, chars in reuse_numbering.count_kinds(place)
                    )
                )
                assert f"来源#{place.source_passage.rpartition('#')[2]}" in head
                assert item.xpath("./p/a/@href") == [f"#place_{place.spans[0].query[0]}"]
    edited = [span for source in result.sources for span in source.spans if span.kind == EDITED]
    assert edited
    assert tree.xpath("//dd/mark")


def test_punctuation_that_differs_is_shown_in_the_evidence(result: Reuse) -> None:
    (later,) = result.reused_by
    exact = next(span for span in later.spans if span.kind == EXACT)
    assert exact.text != exact.source_text
    tree = parsed(render_reuse_page(result, ZH))
    (box,) = tree.xpath("//section[@aria-labelledby='evidence_later_1']")
    assert {mark.text for mark in box.iter("mark")} >= {"，", "；"}


def test_the_formulae_are_listed(result: Reuse) -> None:
    tree = parsed(render_reuse_page(result, ZH))
    rows = [
        [words_of(cell) for cell in row] for row in section(tree, "formulae").xpath(".//tbody/tr")
    ]
    assert ["套话1", printed.FORMULA_TEXT, "多份报告共有", "17", "5", "5", "1"] in rows
    assert any(row[1:3] == ["请批评指正", "固定用语"] for row in rows)


def test_all_links_lead_to_one_place(result: Reuse) -> None:
    check_links(parsed(render_reuse_page(result, ZH)))
    check_links(parsed(render_year_on_year_page(printed.yearly(), ZH)))


def test_a_report_without_reuse_says_so(tmp_path: Path) -> None:
    with printed.archive_of(tmp_path, {"a.txt": "甲县副县长2022年度述职报告\n"}) as archive:
        result = printed.one(archive.reuse("a.txt"))
    page = render_reuse_page(result, ZH)
    for heading in (reuse.SOURCES, reuse.LATER, reuse.EVIDENCE, reuse.FORMULAE):
        assert reuse.explain_empty_list(heading, result, ZH) in page
    tree = parsed(page)
    assert list(marks(tree)) == []
    assert shown_text(tree) == result.text
    assert "与0份其他馆藏报告比对" in page


def test_a_draft_says_that_it_is_none_of_the_index(tmp_path: Path) -> None:
    draft = tmp_path / "稿.txt"
    draft.write_text(printed.texts()["甲县副县长2022年度述职报告.txt"], encoding="utf-8")
    with printed.archive_of(tmp_path / "reports", printed.texts()) as archive:
        result = printed.one(archive.reuse(against=draft))
    page = render_reuse_page(replace(result, left_out=("旧稿.txt",)), ZH)
    assert "本文为未入库稿件" in page
    assert "未参与比对：旧稿.txt。" in page
    assert "与4份其他馆藏报告比对" in page
    assert shown_text(parsed(page)) == result.text


@pytest.mark.parametrize("odd", printed.HOSTILE)
def test_what_a_report_holds_does_not_break_the_page(result: Reuse, odd: str) -> None:
    page = render_reuse_page(printed.hostile(result, odd), ZH)
    page.encode("utf-8")
    tree = parsed(page)
    assert shown_text(tree) == replace_illegal_xml(f"{odd}\n甲{odd}")
    assert tree.xpath("//script | //img | //link | //@src | //@onerror") == []
    assert tree.find(".//header//dd/bdi").text_content() == replace_illegal_xml(odd)
    check_links(tree)
    tree = parsed(render_year_on_year_page(printed.yearly(odd), ZH))
    assert tree.xpath("//script | //img | //link | //@src | //@onerror") == []
    assert replace_illegal_xml(f"对违法的不手软。{odd}") in [
        entry.text_content() for entry in tree.iter("bdi")
    ]
    check_links(tree)


def test_what_comes_from_a_report_is_isolated(result: Reuse) -> None:
    odd = "甲\u202e乙"
    for page in (
        render_reuse_page(printed.hostile(result, odd), ZH),
        render_year_on_year_page(printed.yearly(odd), ZH),
    ):
        body = parsed(page).find("body")
        for element in body.iter():
            if not any(odd in (text or "") for text in (element.text, element.tail)):
                continue
            holder = element if odd in (element.text or "") else element.getparent()
            around = [holder, *holder.iterancestors()]
            names = {entry.tag for entry in around}
            assert names & {"bdi", "dd"} or any(entry.get("class") == "text" for entry in around)


def test_the_headings_are_in_order_and_tables_have_their_heads(result: Reuse) -> None:
    for page in (render_reuse_page(result, ZH), render_year_on_year_page(printed.yearly(), ZH)):
        tree = parsed(page)
        assert tree.get("lang") == "zh-CN"
        levels = [int(entry.tag[1]) for entry in tree.xpath("//h1 | //h2 | //h3 | //h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert tree.xpath("//th[not(@scope)]") == []
        policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_a_page_in_english_has_chinese_only_from_the_reports(result: Reuse) -> None:
    tree = parsed(render_reuse_page(printed.hostile(result, "x"), EN, remark="x"))
    assert tree.get("lang") == "en"
    assert set(re.findall(r"[\u3000-\u9fff\uff00-\uffef]", tree.find("body").text_content())) == {
        "甲"
    }
    assert tree.xpath("//nav/@aria-label") == ["Contents"]
    yearly = words_of(parsed(render_year_on_year_page(printed.yearly(), EN)))
    assert "Changed Now #2, Before #2, similarity 0.90".replace(" ", "") in yearly
    assert "一、监管;(beforethefirstheading)" in yearly


def test_the_evidence_of_many_sources_can_be_opened() -> None:
    result = printed.large(20_000, 2_500, 500)
    page = render_reuse_page(result, ZH)
    tree = parsed(page)
    check_links(tree)
    assert shown_text(tree) == result.text
    (box,) = section(tree, "evidence").findall("details")
    assert len(box.findall("section")) == 500 - MAX_OPEN
    assert words_of(box.find("summary")) == "其余450份报告"


def test_the_evidence_of_a_source_with_many_places_can_be_opened() -> None:
    result = printed.large(20_000, 200, 2)
    (first, _) = parsed(render_reuse_page(result, ZH)).xpath("//details")
    assert len(first.findall("ol/li")) == 100 - MAX_OPEN
    assert words_of(first.find("summary")) == "其余50处"


def test_a_large_report_is_written() -> None:
    result = printed.large(60_000, 6_000, 300)
    render_reuse_page(result, ZH)


# A year against the one before


def test_each_sentence_has_its_kind_in_words() -> None:
    tree = parsed(render_year_on_year_page(printed.yearly(), ZH))
    items = section(tree, "sections").xpath(".//ol/li")
    assert [words_of(item)[:2] for item in items] == ["保留", "改写", "新增", "删去", "删去"]
    changed = items[1]
    assert [dd.text_content() for dd in changed.iter("dd")] == [
        "全年办案三百件，挽回损失。",
        "全年办案二百件，挽回损失！",
    ]
    assert [mark.text for mark in changed.iter("mark")] == ["三", "二"]


def test_the_sums_have_their_shares() -> None:
    tree = parsed(render_year_on_year_page(printed.yearly(), ZH))
    shown = words_of(section(tree, "figures"))
    assert "保留28.0%1句，7字，占本报告句子字数（25字）的比例：整句相同的句子" in shown
    assert "删去30.8%2句，8字，占上一份报告句子字数（26字）的比例" in shown


def test_a_section_that_is_gone_says_so() -> None:
    tree = parsed(render_year_on_year_page(printed.yearly(), ZH))
    headings = [words_of(entry) for entry in section(tree, "sections").iter("h3")]
    assert headings == ["一、监管", "三、旧章（本报告无对应部分）"]
    assert "上一份报告的句子出自：一、监管；（第一个标题之前）" in words_of(
        section(tree, "sections")
    )


def test_plans_stand_with_what_is_nearest_and_without_a_verdict() -> None:
    shown = words_of(section(parsed(render_year_on_year_page(printed.yearly(), ZH)), "plans"))
    assert "落实与否由读者判断" in shown
    assert "上一份报告的打算明年建好冷库。#4本报告#3一、监管新建冷库一座。" in shown
    assert (
        "照抄上年打算，未述落实情况。相似但不计为回应的段落本报告#1一、监管（照抄上年打算）（仍属打算）"
        in shown
    )
    assert "本报告中未见明显回应。" in shown
    bare = replace(printed.yearly(), plans=(), sections=())
    assert "上一份报告中未发现关于工作打算的段落。" in render_year_on_year_page(bare, ZH)
    assert "两份报告均无可对照的文字。" in render_year_on_year_page(bare, ZH)


def test_formula_is_a_kind_of_its_own(result: Reuse) -> None:
    kinds = {span.kind for source in result.sources for span in source.spans}
    assert kinds == {EXACT, EDITED, FORMULA}
