"""The page of similar passages."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive, Report
from reportsearch.web.archive_service import key_of
from reportsearch.web.pages.similar import MAX_ADDRESS_CHARS, MAX_TEXT_CHARS
from tests.web.conftest import ask

ID = "甲县副县长2022年度述职报告.txt"
ASKED = f"/similar?passage={key_of(ID)}:4"


@pytest.fixture(scope="module")
def shipped(shipped_folder: Path) -> Report:
    with Archive.open(shipped_folder / "index") as archive:
        return archive.show(ID)


def sent(client: TestClient, text: str, **others: str) -> dict[str, str]:
    key = client.app.state.settings.form_key  # type: ignore[attr-defined]
    return {"form_key": key, "text": text, **others}


def pairs(text: str) -> list[tuple[str, str]]:
    """The two sides of each hit."""
    found = []
    for part in text.split('<div class="sides">')[1:]:
        here, there = re.findall(r'<p class="text" lang="zh-CN">(.*?)</p>', part, re.DOTALL)[:2]
        found.append((here, there))
    return found


def marked(text: str, kind: str) -> list[str]:
    return [
        html.unescape(found) for found in re.findall(f'<mark class="{kind}">(.*?)</mark>', text)
    ]


def test_what_a_passage_shares_is_marked_on_both_sides(page: TestClient, shipped: Report) -> None:
    answer = page.get(ASKED)
    assert answer.status_code == 200
    here, there = pairs(answer.text)[0]
    assert html.unescape(re.sub("<[^>]*>", "", here)) == shipped.passages[3].text
    assert marked(here, "exact") == marked(there, "exact")
    assert any("坚持农资下沉" in span for span in marked(here, "exact"))
    assert '<mark class="exact">相同</mark>' in answer.text
    hit = re.search(r'<p class="where"><a href="(/report/[0-9a-f]{16}#p\d+)"', answer.text)
    assert hit
    place, _, anchor = hit[1].partition("#")
    other = page.get(place).text
    assert "坚持农资下沉" in other[other.index(f'id="{anchor}"') :][:1500]
    assert ID not in hit[1]


def test_filters_and_the_report_itself(page: TestClient) -> None:
    only = page.get(f"{ASKED}&year=2023").text
    hits = re.findall(r'<p class="where">.*?· (\d{4})', only)
    assert set(hits) == {"2023"}
    assert "<option selected>2023</option>" in only
    link = f'<p class="where"><a href="/report/{key_of(ID)}#'
    assert link not in page.get(ASKED).text
    assert link in page.get(f"{ASKED}&own=1").text
    assert "没有可比对的段落" in page.get(f"{ASKED}&year=1999").text
    wrong = page.get(f"{ASKED}&year=x")
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)


def test_a_short_text_gets_an_address_of_its_own(page: TestClient, shipped: Report) -> None:
    text = shipped.passages[3].text
    answer = page.post("/similar", data=sent(page, text, year="2021"), follow_redirects=False)
    assert answer.status_code == 303
    shown = page.get(answer.headers["location"])
    assert marked(pairs(shown.text)[0][0], "exact")
    saved = page.get(answer.headers["location"] + "&format=json").json()
    assert saved["parts"][0]["text"] == text
    assert saved["hits"][0]["report"]["year"] == 2021
    rows = page.get(answer.headers["location"] + "&format=csv").text
    assert "坚持农资下沉" in rows


def test_a_long_text_is_compared_part_by_part(page: TestClient, shipped: Report) -> None:
    text = "\n".join(passage.text for passage in shipped.passages[:6])
    assert len(text) > MAX_ADDRESS_CHARS
    answer = page.post("/similar", data=sent(page, text), follow_redirects=False)
    assert answer.status_code == 200
    assert len(re.findall(r'<h3 id="part\d+">', answer.text)) >= 6
    assert "没有固定地址" in answer.text
    assert "download" not in answer.text
    assert html.escape(text[:100], quote=False) in answer.text


def test_what_cannot_be_compared_is_told(page: TestClient) -> None:
    for place in ("/similar?text=", "/similar?text=%20。！"):
        empty = page.get(place)
        assert empty.status_code == 400
        assert "粘贴至少一句话" in empty.text
    assert page.post("/similar", data=sent(page, " \r\n ")).status_code == 400
    assert "文字过短" in page.get("/similar?text=招商").text
    long = page.post("/similar", data=sent(page, "长" * (MAX_TEXT_CHARS + 1)))
    assert long.status_code == 400
    assert "查重" in long.text
    assert "20,001" in long.text
    nothing = page.get("/similar?text=" + "qwxz" * 5).text
    assert "没有相似段落" in nothing


def test_a_text_that_is_far_too_long_is_refused_at_once(page: TestClient) -> None:
    answer = page.post("/similar", data=sent(page, "长" * 1_100_000))
    assert answer.status_code == 400
    assert "20,000" in answer.text
    assert "查重" in answer.text.partition('role="alert"')[2]
    assert len(answer.content) < 20_000
    long = page.post("/similar", data=sent(page, "长" * 30_000)).text
    assert "仅保留开头 20,000 字" in long
    assert long.count("长") < 21_000


@pytest.mark.parametrize(
    "text",
    ["县", "a", "7", "\u202e旅游\u2066", "<script>x</script>招商", "{{ 7 * 7 }}招商{% if %}"],
)
def test_odd_texts_are_compared_and_shown_as_they_are(page: TestClient, text: str) -> None:
    answer = page.post("/similar", data=sent(page, text))
    assert answer.status_code == 200
    assert html.escape(text, quote=False) in answer.text.replace("&#34;", '"')
    assert "<script>x" not in answer.text


def test_no_number_is_cut_where_both_sides_are_marked(page: TestClient) -> None:
    text = "保供专班开会，全年接待游客1527万人次。"
    answer = page.post("/similar", data=sent(page, text)).text
    found = [span for here, there in pairs(answer) for span in marked(here + there, "exact")]
    assert "全年接待游客" in found
    assert not any(span[-1].isdecimal() for span in found)


def test_a_form_comes_with_the_secret(page: TestClient) -> None:
    for data in ({"text": "招商引资"}, {"text": "招商引资", "form_key": "x"}):
        assert page.post("/similar", data=data).status_code == 403
    assert page.post("/similar", content=b"\xff\xfe").status_code == 403
    assert page.post("/similar", files={"form_key": ("a.txt", b"x")}).status_code == 403


def test_rubbish_in_an_address_is_no_failure(page: TestClient) -> None:
    for query in (
        "passage=x",
        f"passage={key_of(ID)}:0",
        f"passage={key_of(ID)}:999",
        "passage=0000000000000000:1",
    ):
        assert page.get(f"/similar?{query}").status_code == 404, query
    for query in ("page=-1", "lang=xx", "own=x", "format=csv", "portfolio=没有的"):
        assert page.get(f"/similar?{query}").status_code == 200, query
    assert page.get("/similar?text=招商&format=xml").status_code == 200


def test_in_english_and_on_an_empty_index(page: TestClient, tmp_path: Path) -> None:
    english = page.get(f"{ASKED}&lang=en").text
    page.cookies.clear()
    assert "Similar passages" in english
    assert '<mark class="exact">identical</mark>' in english
    assert '<html lang="en">' in english
    with ask(tmp_path) as client:
        assert "报告库为空" in client.get("/similar").text
        assert client.get("/similar?text=招商引资").status_code == 200


def test_marked_text_is_escaped(page: TestClient) -> None:
    text = page.get(
        "/similar", params={"text": "<script>x</script>招商引资{{ 7 }}工作取得成绩"}
    ).text
    assert "<script>x" not in text
    assert "{{ 7 }}" in text


def test_pasting_without_a_script(tab_without_scripts: Page, address: str, shipped: Report) -> None:
    tab = tab_without_scripts
    tab.goto(f"{address}/similar")
    tab.get_by_label("待比对文字").fill(shipped.passages[3].text)
    tab.get_by_label("年份").select_option("2021")
    tab.get_by_role("button", name="查找相似段落").click()
    expect(tab.locator(".sides mark.exact").first).to_be_visible()
    assert tab.get_by_label("年份").input_value() == "2021"
    tab.go_back()
    expect(tab.get_by_role("heading", name="相似段落")).to_be_visible()
