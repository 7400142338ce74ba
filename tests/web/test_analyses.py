"""The pages of analyses: forms, tables whose terms and cells lead to passages, files."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from playwright.sync_api import Page
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.locale import columns
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    REPORTED_AS_HEAD,
    REPORTED_NO_DUTIES,
    ROW_FIELDS,
)
from reportsearch.output.prose.compare_conclusions import drop_nested_terms
from reportsearch.output.prose.portfolio_states import STATES
from reportsearch.web.archive_service import key_of
from tests.web.conftest import ask

FEW = "year=2024"
PAGES = ("/keywords", "/topics", "/compare", "/portfolios")
HREF = re.compile(r'href="([^"]+)"')


@pytest.fixture(scope="module")
def archive(shipped_archive: Archive) -> Archive:
    return shipped_archive


def links(text: str) -> list[str]:
    return [unescape(found) for found in HREF.findall(text)]


def passage_at(archive: Archive, link: str) -> str:
    """The text to which a link to a passage leads."""
    found = re.fullmatch(r"/report/([0-9a-f]+)#p(\d+)", link)
    assert found, link
    report = next(info.id for info in archive.infos() if key_of(info.id) == found[1])
    return archive.show(report).passages[int(found[2]) - 1].text


def asked(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def answered(page: TestClient, place: str) -> Any:
    """The answer of a page, from its file; test_files_hold_the_same_answer holds that to it."""
    return json.loads(page.get(place).content)


def test_a_page_without_a_question_says_what_can_be_asked(page: TestClient) -> None:
    for place in PAGES[:3]:
        answer = page.get(place)
        assert answer.status_code == 200
        assert "常用分析" in answer.text
        starts = [link for link in links(answer.text) if link.startswith(f"{place}?")]
        assert len(starts) >= 3
        assert "Common analyses" in page.get(f"{place}?lang=en").text
        page.cookies.clear()


def test_of_an_empty_index_pages_say_so(tmp_path: Path) -> None:
    with ask(tmp_path) as client:
        for place in (
            *PAGES,
            "/keywords?by=year",
            "/topics?topics=5",
            "/portfolios?portfolio=文旅",
        ):
            answer = client.get(place)
            assert answer.status_code == 200
            assert "报告库为空" in answer.text


@pytest.mark.parametrize("by", ROW_FIELDS)
def test_portfolios_are_shown_by_every_field_in_both_languages(page: TestClient, by: str) -> None:
    # Among the rows by year are reports that tell no duties beside others that do.
    for address in (f"/portfolios?by={by}&lang=en", f"/portfolios?by={by}&lang=zh"):
        assert page.get(address).status_code == 200
    page.cookies.clear()


@pytest.mark.parametrize(
    "state",
    [
        REPORTED, NOT_REPORTED, MENTIONED_ONLY, NOT_DECLARED, REPORTED_AS_HEAD, REPORTED_NO_DUTIES,
    ],
)  # fmt: skip
def test_every_state_of_a_portfolio_has_its_words(state: str) -> None:
    assert state in STATES
    assert state in columns.CELLS["column state"]


def test_keywords_lead_to_their_sentences_and_to_a_search(
    page: TestClient, archive: Archive
) -> None:
    text = page.get(f"/keywords?{FEW}&top=4&by=official").text
    groups = archive.keywords(where="year=2024", by="official", top=4).groups
    assert len(groups) == 2
    rows = re.findall(r'<th scope="row"><a class="text" href="([^"]+)"[^>]*>([^<]+)</a>', text)
    assert [term for _, term in rows] == [one.term for group in groups for one in group.keywords]
    for link, term in rows:
        assert term in passage_at(archive, link)
    searches = [asked(link) for link in links(text) if link.startswith("/?q=")]
    expected = [
        {"q": f'"{one.term}"', "year": "2024", "official": group.id}
        for group in groups
        for one in group.keywords
    ]
    assert searches == expected
    assert "仅限同组内比较" in text


def test_keywords_of_named_reports_go_by_their_keys(page: TestClient, archive: Archive) -> None:
    report = archive.show("甲县卫生健康局")
    text = page.get(f"/keywords?report={key_of(report.id)}&top=3").text
    assert report.title in text
    assert report.id not in unescape(text)
    answer = page.get("/keywords?report=0123456789abcdef")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_topics_of_few_passages_are_portfolios(page: TestClient) -> None:
    text = page.get(f"/topics?topics=5&by=official&{FEW}&q=审计").text
    assert "无法归纳可靠的主题" in text
    cells = [asked(link) for link in links(text) if link.startswith("/?") and "portfolio" in link]
    assert cells
    assert all(cell["year"] == "2024" for cell in cells)
    assert {cell["official"] for cell in cells if "official" in cell} <= {
        "乙市交通运输局局长",
        "甲县戊镇镇长",
    }


def test_topics_have_terms_passages_and_shares(page: TestClient, archive: Archive) -> None:
    text = page.get("/topics?topics=3&by=official&year=2022").text
    found = answered(page, "/topics.json?topics=3&by=official&year=2022")
    assert len(found["topics"]) == 3
    for topic in found["topics"]:
        assert topic["label"] in text
    for group in found["groups"]:
        for weight in group["weights"]:
            assert f">{weight * 100:.1f}</a>" in text or weight < 0.0005
    first = found["topics"][0]["terms"][0]["term"]
    assert first in passage_at(archive, re.findall(rf'href="([^"]+)"[^>]*>{first}</a>', text)[0])
    assert "稳定性" in text


def test_a_comparison_says_how_sure_it_is(page: TestClient) -> None:
    text = page.get("/compare?by=official&post=副县长&top=5").text
    found = answered(page, "/compare.json?by=official&post=副县长&top=5")
    assert text.count("仅涉及一名人员，未作检验") == len(found["groups"]) == 3
    for group in found["groups"]:
        assert f"{group['words']:,} 词" in text
        for term in group["terms"]:
            assert f">{term['term']}</a>" in text
    assert "特色词语指使用频率明显高于对照组的词语" in text
    # Plain heads; the names of the statistics are in the explanation alone.
    table = text[text.index('<table class="terms compared">') :].partition("</table>")[0]
    for head in ("倍数", "下限—上限", "显著性", "分布"):
        assert f">{head}</th>" in table
    assert "无上限" in text
    assert not re.search("log2|∞|对数比|DP|—</td>", table)
    explained = text[text.index('<details class="explain">') :].partition("</details>")[0]
    for name in ("log ratio", "95% 置信区间", "q &lt; 0.05", "DP（Gries 2008）"):
        assert name in explained
    assert "“生态环境”不计入“生态”" in text
    assert re.search(r'<details class="picture" open>.*?<svg', text, re.DOTALL)
    assert "graphics-symbol" not in text


def test_an_official_is_set_beside_all_of_like_post_in_one_click(
    page: TestClient, archive: Archive
) -> None:
    report = next(info for info in archive.infos() if info.official == "丙县副县长")
    text = page.get(f"/report/{key_of(report.id)}").text
    link = next(link for link in links(text) if link.startswith("/compare/like"))
    answer = page.get(link)
    assert answer.status_code == 200
    # Where one arrives has an address of its own.
    place = str(answer.url).partition("testserver")[2] or str(answer.url)
    assert asked(place) == {
        "by": "official",
        "of": "official",
        "values": "丙县副县长",
        "post": "县市政府副职",
        "report": key_of(report.id),
    }
    conclusion = re.search(r'<section class="conclusion".*?</section>', answer.text, re.DOTALL)
    assert conclusion is not None
    assert (
        "比较对象：丙县副县长的 1 份报告（2022 年）与其他 3 名副县长、副市长的 5 份报告（2021–2023）"
        in conclusion[0]
    )
    assert "所比较的 4 人中，仅丙县副县长分管的领域（占比 5% 以上）：" in conclusion[0]
    assert "使用较多的词语（人数过少，未检验）：" in conclusion[0]
    assert "使用较少的词语（人数过少，未检验）：" in conclusion[0]
    assert "明显" not in conclusion[0]
    assert "列入分工的 7 个领域均有专节或专段" in conclusion[0]
    # No jargon in the first lines, and every term leads to passages that have it.
    assert not re.search("对数比|区间|显著|log", conclusion[0])
    (group,) = archive.compare("official", values="丙县副县长", where="post=县市政府副职").groups
    told = [
        [term.term for term in terms if term.string and term.string.is_told]
        for terms in (drop_nested_terms(group.terms), drop_nested_terms(group.less))
    ]
    terms = told[0][:5] + told[1][:5]
    rooms, said = re.split('(?=<p class="more">)', conclusion[0])
    # 工会 is in no portfolio of the word list.
    said, _, unknown = said.partition('<p class="unknown">')
    assert "无法判断（分工未收入词表）：" in unknown
    assert ">工会</a>。</p>" in unknown
    assert re.findall(r'<a class="text" href="[^"]+">([^<]+)</a>', said) == terms
    # A portfolio leads to this one's passages.
    for link in links(rooms):
        answered_there = page.get(link)
        assert answered_there.status_code == 200
        assert "丙县" in answered_there.text
        assert re.search(r'href="/report/[0-9a-f]+[^"]*#p\d+', answered_there.text)
    assert {link.partition("?")[0] for link in links(rooms)} == {"/portfolios/cell"}
    for term, link in zip(terms, links(said), strict=True):
        assert asked(link)["q"] == f'"{term}"'
        assert re.search(r'href="/report/[0-9a-f]+[^"]*#p\d+', page.get(link).text)
    english = page.get(f"{place}&lang=en").text
    assert "Assigned only to 丙县副县长 (of 4 officials; 5 % or more):" in english
    page.cookies.clear()


def test_from_a_report_one_can_look_at_its_year_alone(page: TestClient, archive: Archive) -> None:
    """甲县副县长 has three reports; in 2021 nobody else has one."""
    own = {one.year: one for one in archive.infos() if one.official == "甲县副县长"}
    like = f"/compare/like?report={key_of(own[2023].id)}"
    text = page.get(like).text
    first = text[text.index('<p class="scope">') :].partition("</p>")[0]
    assert "比较对象：甲县副县长的 3 份报告（2021–2023）与其他 3 名" in first
    link = re.findall(r'href="([^"]+)">仅本报告（2023 年），与同年其他报告比较</a>', first)[0]
    place = unescape(link)
    assert asked(place)["year"] == "2023"
    narrow = page.get(place).text
    assert (
        "比较对象：甲县副县长的 1 份报告（2023 年）与其他 2 名副县长、副市长的 2 份报告（2023 年）"
        in narrow
    )
    back = unescape(re.findall(r'href="([^"]+)">各年合并比较</a>', narrow)[0])
    assert asked(back) == {key: value for key, value in asked(place).items() if key != "year"}
    assert "仅比较 2022 年" in first
    earliest = page.get(f"/compare/like?report={key_of(own[2021].id)}").text
    link = re.findall(r'href="([^"]+)">仅本报告（2021 年），与其余报告比较</a>', earliest)[0]
    alone = page.get(unescape(link)).text
    assert "篇幅占比仅与其他 3 名人员比较" in alone
    assert "仅本报告" not in page.get("/compare?by=official&values=丙县副县长").text


def test_the_share_of_who_was_not_yet_in_charge_is_not_averaged_in(page: TestClient) -> None:
    text = page.get("/compare?by=official&values=甲县副县长&post=县市政府副职").text
    conclusion = text[text.index('<section class="conclusion"') :].partition("</section>")[0]
    assert ">供销</a>（分管该领域的 2 份报告中占 9%，同样分管的另 1 人 7%）" in conclusion
    assert ">招商引资</a>（19%，同样分管的另 2 人平均 16%）" in conclusion
    alone = re.search(r'<p class="alone">(.*?)</p>', conclusion)
    assert alone is not None
    assert ">市场监管</a>（17%）" in alone[1]
    other = page.get("/compare?by=official&values=乙市副市长&post=县市政府副职").text
    conclusion = other[other.index('<section class="conclusion"') :].partition("</section>")[0]
    assert ">生态</a>" not in conclusion


def test_names_of_fields_are_chinese_in_chinese_pages(page: TestClient) -> None:
    asked_for = "/?q=分管:粮食储备 公路&explain=1"
    text = page.get(asked_for).text
    assert "分管:粮食储备" in text.partition("<h2")[2]
    assert "portfolio:" not in text
    assert "portfolio:粮食储备" in page.get(f"{asked_for}&lang=en").text
    page.cookies.clear()


def test_a_duty_that_is_not_reported_is_told_with_its_passages(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for place, duty in (("甲", "教育、供销"), ("乙", "教育"), ("丙", "教育")):
        (folder / f"{place}.txt").write_text(
            f"{place}县人民政府副县长2023年述职报告\n我分管{duty}工作。\n一、教育工作\n"
            "新建学校两所，招聘教师三十名，幼儿园开园。\n二、下一步打算\n继续努力。\n",
            encoding="utf-8",
        )
    (folder / "metadata.csv").write_text(
        "id,official\n甲.txt,甲县副县长\n乙.txt,乙县副县长\n丙.txt,丙县副县长\n", encoding="utf-8"
    )
    with Archive.create(tmp_path / "index") as archive:
        archive.index(folder)
    with ask(tmp_path) as client:
        text = client.get("/compare?by=official&values=甲县副县长&post=县市政府副职").text
        assert "列入分工、未检出（按词表和表述检索，请核对原文）：" in text
        link = re.findall(r'href="(/report/[^"]+)">供销</a>', text)[0]
        assert link.endswith("#p1")
        assert "我分管教育、供销工作" in client.get(link).text


def test_names_are_told_by_themselves(page: TestClient) -> None:
    text = page.get("/compare?by=official&values=甲县副县长&post=县市政府副职").text
    conclusion = text[text.index('<section class="conclusion"') :].partition("</section>")[0]
    named = re.search(r'<p class="names">(.*?)</p>', conclusion)
    assert named is not None
    assert "所比较的 4 人中，仅甲县副县长提及的地名、企业名等专名" in named[1]
    # No finding: it comes last.
    assert re.findall(r'<p class="([a-z]+)">', conclusion)[-2:] == ["names", "soft"]
    names = re.findall(r">([^<]+)</a>", named[1])
    assert names == ["云栈岭", "壬镇", "启川电子"]
    assert text.count('<span class="tag"') == len(names)
    more = re.search(r'<p class="more">(.*?)</p>', conclusion)
    assert more is not None
    assert not {*names, "电子"} & set(re.findall(r">([^<]+)</a>", more[1]))
    assert ">电子</a>" in text


TREATED = (
    "甲县副县长2023年度述职报告\n我分管交通运输、民政，联系邮政局、县总工会、消防救援大队。\n一、交通运输工作\n"
    "新建农村公路五十公里，改造危桥六座，完成公路养护一百公里，道路运输平稳有序，快递进村也跟着通了。\n"
    "二、民政工作\n发放城乡低保金三千万元，新建养老院三所，社会救助应救尽救。\n"
)


def test_how_duties_are_treated_is_told_in_the_same_words_on_all_pages(tmp_path: Path) -> None:
    """In passages, in words only (快递 of 邮政), not at all (消防), and what cannot be told."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TREATED, encoding="utf-8")
    other = TREATED.replace("甲县", "乙县").replace(
        "联系邮政局、县总工会、消防救援大队", "联系气象局"
    )
    (folder / "b.txt").write_text(other, encoding="utf-8")
    with Archive.create(tmp_path / "index") as opened:
        opened.index(folder)
    key = key_of("a.txt")
    with ask(tmp_path) as client:
        pages = [
            client.get(f"/report/{key}").text,
            client.get("/compare?by=report&values=a.txt").text,
            client.get("/portfolios?by=report").text,
        ]
        cell = client.get(f"/portfolios/cell?by=report&row={key}&portfolio=邮政").text
    for text in pages:
        for words in ("列入分工，仅提及，无专段", "列入分工、未检出", "无法判断"):
            assert words in text
        assert "总工会" in text.partition("无法判断")[2]
    assert f'href="/report/{key}#p2">第 2 段</a>' in pages[0]
    assert f'href="/report/{key}#p2">邮政</a>（第 2 段）' in pages[1]
    assert "<dd>列入分工，仅提及，无专段</dd>" in cell
    assert "提及该领域的段落（1）" in cell
    totals = pages[2].partition("各领域合计</h2>")[2]
    postal = re.search(r">邮政</a>.*?</tr>", totals)
    assert postal is not None
    # With passages, declared, in words only, not at all, beyond the duties.
    assert re.findall(r'class="number">(.+?)</td>', postal[0])[-5:] == ["0", "1", "1", "·", "·"]


def test_where_there_is_nothing_to_conclude_no_conclusion_is_headed(page: TestClient) -> None:
    """Of two officials one alone speaks of 电子烟."""
    two = "by=official&pairwise=1&values=甲县副县长&values=丙县副县长"
    text = page.get(f"/compare?{two}&q=电子烟").text
    assert 'class="conclusion"' not in text
    assert 'class="conclusion"' in page.get(f"/compare?{two}").text


def test_a_report_that_there_is_not_is_compared_with_nothing(page: TestClient) -> None:
    assert page.get("/compare/like?report=nonsense").status_code == 404
    assert page.get("/compare/like").status_code == 404


def test_two_are_set_against_each_other(page: TestClient) -> None:
    text = page.get(
        "/compare?by=official&pairwise=1&values=甲县副县长&values=丙县副县长&top=3&year=2022"
    ).text
    assert "对照组（丙县副县长）" in text
    assert "对照组（甲县副县长）" in text
    wrong = page.get("/compare?by=official&pairwise=1&values=甲县副县长&top=50")
    assert wrong.status_code == 400
    assert "须选定两项" in wrong.text
    assert re.search(r'name="pairwise" value="1" checked', wrong.text)
    assert re.search(r'name="values" value="甲县副县长" checked', wrong.text)
    assert re.search(r'<option value="50" selected>', wrong.text)


def test_ticks_of_another_grouping_are_dropped(page: TestClient) -> None:
    assert (
        page.get("/compare?by=year&of=official&values=甲县副县长&top=1&post=副县长").status_code
        == 200
    )
    assert page.get("/compare?by=year&values=甲县副县长&top=1").status_code == 400


def test_the_use_of_a_term(page: TestClient, archive: Archive) -> None:
    text = page.get("/compare?term=营商环境、不会有人这样说").text
    used, unused = archive.uses(["营商环境", "不会有人这样说"]).terms
    for point in used.points:
        assert f">{point.per_10k:.2f}</td>" in re.sub(r"</svg> ", ">", text)
        assert f"{point.reports_with} / {point.reports}" in text
    assert not unused.first
    assert "所选报告未使用该词" in text


def test_the_table_of_portfolios_leads_to_passages(page: TestClient, archive: Archive) -> None:
    text = page.get("/portfolios").text
    found = archive.portfolios()
    cells = {
        (asked(link)["row"], asked(link)["portfolio"])
        for link in links(text)
        if link.startswith("/portfolios/cell")
    }
    assert cells == {
        (row.value, portion.portfolio) for row in found.rows for portion in row.portions
    }
    row = next(row for row in found.rows if row.value == "甲县副县长")
    portion = next(one for one in row.portions if one.portfolio == "邮政")
    cell = page.get("/portfolios/cell?by=official&row=甲县副县长&portfolio=邮政").text
    for passage in (*portion.passages, *portion.declared):
        report, _, number = passage.rpartition("#")
        assert f"/report/{key_of(report)}#p{number}" in cell
    assert page.get("/portfolios/cell?row=甲县副县长&portfolio=电力").status_code == 404


def test_what_is_declared_and_not_reported_is_told_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = (
        "甲县副县长2023年度述职报告\n本人分管招商引资工作，联系邮政局。\n一、招商引资工作\n"
        "签约招商引资项目三个，招商成效明显。\n二、文旅工作\n旅游景区提质，新修步道。\n"
    )
    (folder / "a.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as opened:
        opened.index(folder)
    with ask(tmp_path) as client:
        text = client.get("/portfolios?by=report").text
        beside = client.get(f"/portfolios/cell?by=report&row={key_of('a.txt')}&portfolio=邮政").text
    assert "列入分工、未检出。" in beside
    assert re.search(r'class="number h0 missing"><a [^>]*title="[^"]*邮政[^"]*"', text)
    assert "－未检出" in text
    assert "＋分工外" in text
    assert "可能存在漏判、误判" in text


def test_where_nothing_is_declared_nothing_is_beyond_it(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = "甲县副县长2023年述职报告\n一、招商引资工作\n签约招商引资项目三个，招商成效明显。\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(folder)
        assert archive.infos()[0].declared == ()
        assert archive.infos()[0].portfolios == ("招商引资",)
    with ask(tmp_path) as client:
        table = client.get("/portfolios?by=report").text
        assert "开头未列分工" in table
        assert 'class="sign">＋分工外' not in table
        assert "开头未列分工，无法核对" in client.get("/portfolios?portfolio=招商引资").text


def test_officials_side_by_side(page: TestClient) -> None:
    text = page.get("/portfolios?portfolio=文旅").text
    found = answered(page, "/portfolios.json?portfolio=文旅")
    for official in found["officials"]:
        assert official["value"] in text
    assert found["shared"]
    for row in found["figures"][: found["shared"]]:
        assert row["name"] in text
    masked = [one for one in found["officials"][0]["indicators"] if one["masked"]]
    assert masked
    assert "不作零计" in text
    assert f">{masked[0]['change']}{masked[0]['text']}</a>" in text


THREE = ["甲县副县长", "乙市副市长", "某县副县长"]


def test_a_clerk_takes_away_the_figures_of_three_officials(page: TestClient) -> None:
    first = page.get("/portfolios").text
    assert '<option value="招商引资">' in first
    assert all(f'name="values" value="{official}"' in first for official in THREE)
    chosen = [("portfolio", "招商引资"), ("by", "official"), ("of", "official")]
    answer = page.get("/portfolios", params=[*chosen, *(("values", one) for one in THREE)])
    text = answer.text
    # The table is the first thing under the form, with what saves it beside it.
    assert text.index('<h2 id="figures">') < text.index('<h2 id="shares">')
    files = [one for one in links(text) if one.startswith("/portfolios/figures.csv")]
    listed, wide = [one for one in files if "figures=all" not in one]
    saved = page.get(listed)
    assert saved.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E6%8B%9B" in saved.headers["content-disposition"]
    figures = csv_rows(saved)
    assert {one["指标"] for one in figures} == {"签约项目", "合同金额", "到位资金"}
    assert {one["人员"] for one in figures} == {*THREE}
    (funds,) = (one for one in figures if one["原文写法"] == "163.2亿元")
    assert (funds["数值"], funds["单位"], funds["年份"]) == ("163.2", "亿元", "2023")
    assert (funds["报告中的名称"], funds["口径"]) == ("到位市外资金", "口径不同：市外")
    assert (funds["类别"], funds["段落序号"]) == ("实绩", "30")
    assert "到位市外资金163.2亿元" in funds["原句"]
    (amount,) = (one for one in figures if one["原文写法"] == "*亿元")
    # The sentence covers two years, but does not say which.
    assert (amount["年份"], amount["年份来源"]) == ("", "连续两年")
    assert amount["数值"] == ""
    assert "其中，投资*亿元以上" in [one["口径"].partition("：")[2] for one in figures]
    for one in figures:
        assert f">{one['原文写法']}<" in text
    assert "口径不同" in text
    rows = csv_rows(page.get(wide))
    funds = next(row for row in rows if (row["指标"], row["类别"]) == ("到位资金", "实绩"))
    assert funds["乙市副市长"] == "163.2亿元（2023）"
    assert funds["乙市副市长：报告中的名称"] == "到位市外资金"
    assert funds["甲县副县长"].split("\n")[0] == "18.3亿元（2021）"
    assert funds["口径"] == "口径不同"
    # What was signed in two years stands in a row of its own.
    signed = next(
        row for row in rows if (row["指标"], row["类别"]) == ("签约项目", "实绩（累计或跨年）")
    )
    assert signed["某县副县长"].split("\n") == ["*个", "其中*个"]
    assert "甲县县长" not in rows[0]
    document = page.get(listed.replace(".csv", ".json")).json()
    assert [one["name"] for one in document["rows"]] == [row["指标"] for row in rows]
    english = page.get(f"{listed}&lang=en").content.decode("utf-8-sig")
    assert english.startswith("figure,kind,official,")


def csv_rows(saved: Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(saved.content.decode("utf-8-sig"), newline="")))


def test_who_was_ticked_stays_when_rows_become_something_else(page: TestClient) -> None:
    chosen = [("portfolio", "招商引资"), ("of", "official")]
    ticked = [("values", one) for one in ("甲县副县长", "乙市副市长")]
    text = page.get("/portfolios", params=[*chosen, ("by", "report"), *ticked]).text
    assert "显示原选人员（甲县副县长、乙市副市长）的报告" in text
    assert text.count(" checked") == 4
    assert "48.9亿元" not in text.partition('<h2 id="figures">')[2]
    (link,) = [one for one in links(text) if "form=wide" in one]
    assert "甲县副县长2021" in page.get(link).text
    assert "48.9亿元" not in page.get(link).text
    one = page.get("/portfolios", params=[*chosen, ("by", "year"), *ticked[:1]]).text
    assert "原选人员（甲县副县长）转为筛选条件" in one
    assert "163.2亿元" not in one
    assert '<option value="甲县副县长" selected>' in one
    several = page.get("/portfolios", params=[*chosen, ("by", "year"), *ticked]).text
    assert "不再生效，显示全部" in several
    assert (
        page.get("/portfolios", params=[*chosen, ("by", "official"), *ticked]).text.count(
            "已改为按"
        )
        == 0
    )
    for rubbish in ("portfolio", "x" * 3000):
        given = {"by": "report", "of": rubbish, "portfolio": "招商引资", "values": "甲县副县长"}
        assert page.get("/portfolios", params=given).status_code in {200, 400}


def test_a_report_without_an_official_can_be_ticked_as_it_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, number in (("庚县", 12), ("辛县", 9)):
        told = f"{name}人民政府副县长2024年述职报告\n我分管招商引资工作。\n一、招商引资工作\n"
        (folder / f"{name}.txt").write_text(f"{told}全年签约项目{number}个。\n", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(folder)
        assert [info.official for info in archive.infos()] == [None, None]
    with ask(tmp_path) as client:
        text = client.get("/portfolios?portfolio=招商引资").text
        title = "庚县人民政府副县长2024年述职报告"
        assert "共 2 份" in text
        assert "共 2 人" not in text
        value = re.search(rf'name="values" value="([^"]+)">\s*<span class="text">{title}<', text)
        assert value
        assert f'<th scope="col"><span class="text">{title}</span></th>' in text
        asked = f"/portfolios?portfolio=招商引资&by=official&of=official&values={value[1]}"
        chosen = client.get(asked).text
        assert chosen.count(" checked") == 1
        assert "12个" in chosen
        assert "9个" not in chosen.partition('<h2 id="figures">')[2]
        saved = client.get(asked.replace("/portfolios?", "/portfolios/figures.csv?figures=all&"))
        assert {row["人员"] for row in csv_rows(saved)} == {title}


def test_the_way_to_the_figures_needs_no_script(tab_without_scripts: Page, address: str) -> None:
    sheet = tab_without_scripts
    sheet.set_viewport_size({"width": 390, "height": 800})
    sheet.goto(address)
    sheet.click("nav >> text=分管领域与数据")
    sheet.select_option("select[name=portfolio]", "招商引资")
    for official in THREE:
        sheet.check(f'input[value="{official}"]')
    sheet.click('main button:has-text("查看")')
    with sheet.expect_download() as saved:
        sheet.click("text=下载清单")
    assert saved.value.suggested_filename == "招商引资_数据清单.csv"
    assert sheet.locator("input[name=values]:checked").count() == len(THREE)


def test_figures_that_one_reports_are_folded_and_in_the_whole_file(page: TestClient) -> None:
    text = page.get("/portfolios?portfolio=招商引资").text
    assert "单独列报的数据" in text
    (link,) = [one for one in links(text) if "figures=all" in one]
    assert len(page.get(link).text) > 2 * len(page.get(link.replace("&figures=all", "")).text)
    alone = page.get("/portfolios?portfolio=招商引资&values=甲县县长&of=official").text
    assert "/portfolios/figures.csv?" in alone
    assert "没有一项数据见于两个以上对象的报告" in alone
    assert "48.9亿元" in alone
    assert page.get("/portfolios/figures.csv").status_code == 404
    assert page.get("/portfolios/figures.exe?portfolio=招商引资").status_code == 404
    assert page.get("/portfolios/figures.csv?portfolio=nonsense").status_code == 400


def test_all_tables_have_columns_in_the_language_of_the_page(
    page: TestClient, archive: Archive
) -> None:
    key = key_of(archive.infos()[0].id)
    for place in (
        "/search.csv?q=旅游",
        "/search.csv?q=旅游&view=lines",
        "/search.csv?q=旅游&view=years",
        f"/reuse.csv?report={key}",
        "/reuse.csv",
        "/keywords.csv?by=official&year=2024",
        "/topics.csv?year=2024",
        "/compare.csv?term=营商环境",
        "/portfolios.csv",
        "/portfolios.csv?portfolio=文旅",
        "/portfolios.csv?view=similarity&post=副县长",
        f"/report/{key}/facts?format=csv",
    ):
        chinese = page.get(place)
        english = page.get(f"{place}{'&' if '?' in place else '?'}lang=en")
        assert chinese.content.startswith(b"\xef\xbb\xbf"), place
        header = next(csv.reader(io.StringIO(chinese.content.decode("utf-8-sig"))))
        assert not [name for name in header if name.isascii() and name not in {"G2", "NPMI"}]
        named = english.text.removeprefix("\ufeff").splitlines()[0]
        assert named.isascii()
        assert len(header) == named.count(",") + 1


def test_how_alike_officials_are(page: TestClient) -> None:
    text = page.get("/portfolios?view=similarity&post=副县长").text
    pairs = answered(page, "/portfolios.json?view=similarity&post=副县长")["pairs"]
    assert len(re.findall(r'<li id="pair\d+">', text)) == len(pairs) == 3
    assert f"不含套话 {pairs[0]['without_formulae']:.2f}" in text
    for quoted in pairs[0]["passages"]:
        report, _, number = quoted["passage"].rpartition("#")
        assert f"/report/{key_of(report)}#p{number}" in text


def test_files_hold_the_same_answer(page: TestClient, archive: Archive) -> None:
    query = f"by=official&top=4&{FEW}"
    found = archive.keywords(where="year=2024", by="official", top=4)
    table = page.get(f"/keywords.csv?{query}")
    assert table.headers["content-disposition"] == 'attachment; filename="keywords.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    terms = [one.term for group in found.groups for one in group.keywords]
    assert [row["词语"] for row in rows] == terms
    document = json.loads(page.get(f"/keywords.json?{query}").content)
    assert [one["term"] for group in document["groups"] for one in group["keywords"]] == terms
    assert page.get(f"/keywords.svg?{query}").text.startswith("<svg")
    note = page.get(f"/keywords.md?{query}").text
    assert "year=2024" in note
    assert page.get(f"/keywords.exe?{query}").status_code == 404
    assert "套话" not in page.get("/portfolios.csv?post=副县长").text
    assert "不含套话相似度" in page.get("/portfolios.csv?view=similarity&post=副县长").text
    assert ",不足," in page.get("/portfolios.csv?portfolio=文旅").text
    assert page.get("/compare.csv?term=营商环境").text.startswith("\ufeff年份,词语")


def test_the_links_to_files_have_the_question(page: TestClient) -> None:
    text = page.get("/compare?by=official&post=副县长&top=5").text
    for ending in ("csv", "json", "md"):
        link = next(link for link in links(text) if link.startswith(f"/compare.{ending}?"))
        assert asked(link) == {"by": "official", "post": "副县长", "top": "5"}


@pytest.mark.parametrize(
    "place",
    [
        "/keywords?by=nonsense",
        "/keywords?year=x",
        "/keywords?year=2024&by=official&top=x&page=-1&lang=xx",
        "/keywords?portfolio=" + "长" * 5_000,
        "/keywords?q=" + "长" * 5_000,
        "/topics?topics=nonsense",
        "/topics?topics=1000000000000000000000",
        "/topics?by=nonsense",
        "/compare?by=nonsense",
        "/compare?by=year&values=1066",
        "/compare?term=" + "、" * 5_000,
        "/compare?by=kind&terms=nonsense&pairwise=2&top=-3&year=2024",
        "/portfolios?by=portfolio",
        "/portfolios?by=nonsense",
        "/portfolios?by=nonsense&portfolio=招商引资&values=x",
        "/portfolios/figures.csv?by=nonsense&portfolio=招商引资",
        "/portfolios?portfolio=nonsense",
        "/portfolios?page=-1&view=nonsense",
        "/portfolios?page=99999999999999999999",
        "/portfolios?view=similarity&year=1066",
        "/portfolios/cell",
        "/keywords.csv?by=nonsense",
        "/portfolios.svg?year=1066",
    ],
)
def test_rubbish_gets_a_page(page: TestClient, place: str) -> None:
    answer = page.get(place)
    assert answer.status_code in (200, 400, 404)
    assert "<h1>" in answer.text


def test_what_reports_say_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    body = (
        "一、招商引资工作。引进{{ 7*7 }}企业<script>alert(1)</script>招商引资签约项目\u202e三个。"
    )
    for number in range(21):
        text = f"甲{number}县副县长2023年述职报告<img src=x>\n本人分管招商引资。\n{body * 2}\n"
        (folder / f"r{number}.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(folder)
    with ask(tmp_path) as client:
        for place in (
            "/keywords?by=report&top=3",
            "/compare?by=report&top=3",
            "/topics?by=report",
            "/portfolios?by=report",
            "/portfolios?portfolio=招商引资&by=report",
        ):
            text = client.get(place).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "49企业" not in text
            assert 'style="' not in text
        assert text.count('<article class="card">') == 12
        keywords = client.get("/keywords?by=report&top=3").text
        assert "共 21 组，列出前 20 组" in keywords
        assert keywords.count('<section class="group"') == 20
        rows = client.get("/portfolios?by=report").text
        assert "第 1 页，共 2 页" in rows


def test_a_question_is_asked_without_a_script(address: str, tab_without_scripts: Page) -> None:
    sheet = tab_without_scripts
    sheet.set_viewport_size({"width": 320, "height": 800})
    sheet.goto(f"{address}/keywords")
    sheet.get_by_label("分组方式").select_option("official")
    # What is seldom asked for is folded on a narrow screen; once chosen it is seen.
    sheet.get_by_text("报告范围").first.click()
    year = sheet.get_by_role("combobox", name="年份", exact=True)
    year.fill("2024")
    sheet.get_by_role("button", name="计算").click()
    assert sheet.get_by_role("heading", level=2).count() == 2
    assert year.input_value() == "2024"
    sheet.goto(f"{address}/portfolios")
    sheet.get_by_role("link", name="文旅").first.click()
    assert "文旅" in sheet.get_by_role("heading", level=1).inner_text()
