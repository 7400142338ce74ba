"""Reuse on the page: what a report shares, what of it is last year's, and drafts that are not kept."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from docx import Document
from httpx2 import Response
from playwright.sync_api import Browser, Error, Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.web.archive_service import key_of
from tests.web.conftest import PROJECT, ask

NOW, BEFORE, FIRST = "某县副县长2024年.txt", "某县副县长2023年.txt", "某县副县长2022年.txt"
OTHER, ALONE = "某县县长2024年.txt", "外市局长2024年.txt"
SHARED = "坚持把项目建设作为经济工作的生命线，全年开工重点项目三十六个，竣工二十一个。"
KEPT = "逢五逢十到菜市场听群众说话，记在本子上带回办公室。"
HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}\N{RIGHT-TO-LEFT OVERRIDE}"
REPORTS = {
    NOW: ("副县长甲", 2024, f"一、工作\n{KEPT}\n{SHARED}\n新办成了云谷大桥通车这件难事。"),
    BEFORE: (
        "副县长甲",
        2023,
        f"一、工作\n{KEPT}\n旧市场的改造花了很大力气。\n二、下一步打算\n明年确保云谷大桥通车。",
    ),
    OTHER: ("县长乙", 2024, f"一、工作\n{SHARED}\n粮食产量稳中有升。"),
    ALONE: ("局长<b>丙</b>", 2024, f"一、工作\n{HOSTILE}完成了自己的事情。"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports: of one official's two years, one that shares a sentence, one by itself."""
    made = tmp_path_factory.mktemp("reuse")
    corpus = made / "corpus"
    corpus.mkdir()
    rows = ["id,official,year"]
    for name, (official, year, text) in REPORTS.items():
        title = f"{official}{year}年述职报告"
        (corpus / name).write_text(f"{title}\n{text}\n", encoding="utf-8")
        rows.append(f"{name},{official},{year}")
    (corpus / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    with Archive.create(made / "index") as archive:
        archive.index(corpus)
    return made


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    with ask(folder) as made:
        yield made


def address(name: str, more: str = "") -> str:
    return f"/reuse?report={key_of(name)}{more}"


def upload(client: TestClient, name: str, data: bytes | str, **fields: str) -> Response:
    fields = {"form_key": client.app.state.settings.form_key, **fields}  # type: ignore[attr-defined]
    body = data.encode() if isinstance(data, str) else data
    return client.post("/reuse", files={"file": (name, body)}, data=fields)


def marked(html: str, kind: str = "exact") -> list[str]:
    """What the full text marks, without the numbers of the sources."""
    text = html.partition('<div class="marked-text">')[2].partition("</div>")[0]
    found = re.findall(rf'<mark class="{kind}".*?</mark>', text)
    return [re.sub(r"<sup>.*?</sup>|<[^>]+>", "", piece) for piece in found]


def anchors_are_there(html: str) -> bool:
    """Whether every link within the page leads to something."""
    wanted = set(re.findall(r'href="#([^"]+)"', html))
    return wanted <= set(re.findall(r'id="([^"]+)"', html))


def test_a_report_can_be_chosen(client: TestClient) -> None:
    page = client.get("/reuse").text
    for name in REPORTS:
        assert f'href="{address(name)}"' in page
    filtered = client.get("/reuse?q=副县长甲+2023").text.partition('id="upload"')[0]
    assert address(BEFORE) in filtered
    assert address(NOW) not in filtered
    assert "没有符合" in client.get("/reuse?q=没有的人").text


def test_what_has_most_in_common_leads_to_both_sides(client: TestClient) -> None:
    page = client.get("/reuse/pairs").text
    both = address(NOW, f"&amp;source={key_of(OTHER)}")
    assert both in page or address(OTHER, f"&amp;source={key_of(NOW)}") in page
    shown = client.get(address(NOW, f"&source={key_of(OTHER)}")).text
    assert marked(shown) == [SHARED.rstrip("。")]
    assert "仅标出与该报告相同" in shown


def test_shared_text_is_marked_and_leads_to_its_source(client: TestClient) -> None:
    page = client.get(address(NOW)).text
    assert SHARED.rstrip("。") in marked(page)
    assert KEPT.rstrip("。") in marked(page)
    assert "云谷大桥" not in "".join(marked(page))
    assert anchors_are_there(page)
    passage = next(found for found in re.findall(rf"/report/{key_of(OTHER)}#p(\d+)", page))
    with Archive.open(client.app.state.settings.index) as archive:  # type: ignore[attr-defined]
        text = archive.passage(f"{OTHER}#{passage}").text
    assert SHARED in text


def test_each_rate_says_what_it_means_in_both_languages(client: TestClient) -> None:
    chinese = client.get(address(NOW)).text
    assert "总文字复制比" in chinese
    assert "口径同首行，不计套话" in chinese
    assert "全文" in chinese.partition("总文字复制比")[0]
    english = client.get(address(NOW, "&lang=en")).text
    client.cookies.clear()
    assert "Shared text" in english
    head = english.partition('<div class="marked-text">')[0]
    assert "复制比" not in head


def test_fewer_characters_in_a_row_can_be_asked_for(client: TestClient) -> None:
    assert 'value="20"' in client.get(address(NOW, "&min_chars=20")).text
    assert marked(client.get(address(NOW, "&min_chars=100")).text) == []
    for wrong in ("x", "1", "-3", "9" * 50, "１３"):
        answer = client.get(address(NOW, f"&min_chars={wrong}"))
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert SHARED.rstrip("。") in marked(answer.text)


def test_what_is_of_last_year(client: TestClient) -> None:
    page = client.get(address(NOW, "&view=years")).text
    assert "2023年述职报告" in page
    for kind in ("保留", "新增", "删去"):
        assert kind in page
    plans = page.partition('id="plans"')[2]
    assert "明年确保云谷大桥通车" in plans
    assert f"/report/{key_of(NOW)}#p" in plans
    only_kept = client.get(address(NOW, "&view=years&kind=kept")).text.partition('id="sections"')[2]
    assert KEPT in only_kept
    assert "云谷大桥" not in only_kept
    assert "旧市场" not in only_kept


def test_another_report_can_be_compared_with(client: TestClient) -> None:
    page = client.get(address(NOW, f"&view=years&previous={key_of(OTHER)}")).text
    kept = page.partition('id="sections"')[2]
    assert SHARED in kept
    itself = client.get(address(NOW, f"&view=years&previous={key_of(NOW)}"))
    assert itself.status_code == 400
    assert "不能与自身对照" in itself.text


def test_without_an_earlier_report_one_can_be_chosen(client: TestClient) -> None:
    answer = client.get(address(BEFORE, "&view=years"))
    assert answer.status_code == 200
    assert "没有同一人员更早的馆藏报告" in answer.text
    assert address(BEFORE, f"&amp;view=years&amp;previous={key_of(OTHER)}") in answer.text
    filtered = client.get(address(BEFORE, "&view=years&q=县长乙")).text
    assert f"previous={key_of(OTHER)}" in filtered
    assert f"previous={key_of(ALONE)}" not in filtered


def test_the_answers_are_files_too(client: TestClient) -> None:
    key = key_of(NOW)
    for view in ("", "&view=years"):
        assert client.get(f"/reuse.json?report={key}{view}").json()["report"]["id"] == NOW
        assert client.get(f"/reuse.csv?report={key}{view}").text.startswith("\ufeff")
        word = client.get(f"/reuse.docx?report={key}{view}")
        assert SHARED[:12] in _all_text(word.content)
        sheet = client.get(f"/reuse/sheet?report={key}{view}")
        # It has a style of its own, so it must not be one of our pages.
        assert sheet.headers["content-disposition"].startswith("attachment")
        assert SHARED[:12] in sheet.text
    assert client.get("/reuse.json").json()["reports"] == len(REPORTS)
    assert client.get("/reuse.csv").status_code == 200
    assert client.get("/reuse.json?report=nothing").status_code == 404


def test_files_are_in_the_language_of_the_page(client: TestClient) -> None:
    asked = f"?report={key_of(NOW)}&lang="
    for language, title in (("zh", "文字复制比检测报告"), ("en", "Text reuse report")):
        assert title in _all_text(client.get(f"/reuse.docx{asked}{language}").content)
        assert f"<h1>{title}</h1>" in client.get(f"/reuse/sheet{asked}{language}").text


def _all_text(data: bytes) -> str:
    made = Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_rubbish_in_the_address_is_no_failure(client: TestClient) -> None:
    for more in (
        "?page=-1", "?page=x", "?page=99999", "?view=zz", "?lang=xx", f"?q={'x' * 10_000}",
        "?q=%00%ff<b>", "?view=pairs&page=2", "/pairs?few&page=2",
    ):  # fmt: skip
        assert client.get(f"/reuse{more}").status_code == 200
    for more in ("&page=x", "&page=7", "&kind=zz", "&view=years&kind=zz", "&view=years&page=-4"):
        assert client.get(address(NOW, more)).status_code == 200
    for file in ("/reuse/sheet", "/reuse.docx", "/reuse.docx?report="):
        assert client.get(file).status_code == 404
    for key in ("x", "../../etc", "a" * 10_000, "%00"):
        assert client.get(f"/reuse?report={key}").status_code == 404
        assert client.get(address(NOW, f"&source={key}")).status_code == 404
        assert client.get(address(NOW, f"&view=years&previous={key}")).status_code == 404


def test_an_empty_index_says_so(tmp_path: Path) -> None:
    with ask(tmp_path) as client:
        for place in ("/reuse", "/reuse/pairs"):
            shown = client.get(place)
            assert shown.status_code == 200
            assert "报告库为空" in shown.text
            assert 'id="pairs"' not in shown.text
        answer = upload(client, "a.txt", "一份稿子，没有可以比对的报告。")
        assert answer.status_code == 200
        assert marked(answer.text) == []


def test_a_draft_is_checked_and_not_kept(
    client: TestClient, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(folder.rglob("*"))
    draft = f"我的述职报告\n{SHARED}\n这一句是我自己写的，别处没有。\n{KEPT}\n"
    answer = upload(client, "稿.txt", draft, official="副县长甲", previous="yes")
    assert answer.status_code == 200
    assert marked(answer.text) == [SHARED.rstrip("。"), KEPT.rstrip("。")]
    assert anchors_are_there(answer.text)
    assert "未在本机留存" in answer.text
    assert 'id="years"' in answer.text
    assert "2024年述职报告" in answer.text.partition('id="years"')[2]
    assert sorted(folder.rglob("*")) == before
    assert not list(tmp_path.iterdir())
    assert "稿.txt" not in client.get("/reuse").text


def test_a_draft_without_a_report_before_says_what_to_do(client: TestClient) -> None:
    answer = upload(client, "稿.txt", f"述职报告\n{SHARED}", previous="yes")
    assert "请填写人员姓名" in answer.text
    stranger = upload(client, "稿.txt", f"述职报告\n{SHARED}", official="没有<i>的人")
    assert "没有“没有&lt;i&gt;的人”的馆藏报告" in stranger.text


def test_a_draft_that_is_in_the_index_is_told(client: TestClient, folder: Path) -> None:
    same = upload(client, "稿.txt", (folder / "corpus" / NOW).read_bytes())
    assert f'几乎完全相同。如为同一份报告，请直接对其查重：<a href="{address(NOW)}"' in same.text
    assert (
        "几乎完全相同" not in upload(client, "稿.txt", f"述职报告\n{SHARED}\n{'别的话' * 20}").text
    )


def test_a_draft_can_be_answered_with_a_file(client: TestClient) -> None:
    word = upload(client, "稿.txt", f"述职报告\n{SHARED}", **{"as": "docx"})
    assert "attachment" in word.headers["content-disposition"]
    assert word.content.startswith(b"PK")
    page = upload(client, "稿.txt", f"述职报告\n{SHARED}", **{"as": "html"})
    assert "attachment" in page.headers["content-disposition"]


def test_a_draft_that_cannot_be_read_leaves_the_form(client: TestClient) -> None:
    wrong = {
        "broken.docx": b"PK\x03\x04 no package",
        "empty.txt": b"",
        "picture.docx": b"\x89PNG\r\n",
        "rows.csv": b"id,text\n1,a",
        "program.exe": "文字".encode(),
        "marks.txt": "。。。！！！".encode(),
    }
    for name, data in wrong.items():
        answer = upload(client, name, data, official="副县长甲", previous="yes")
        assert answer.status_code == 400
        alert = answer.text.partition('role="alert">')[2].partition("</p>")[0]
        assert name in alert
        assert tempfile.gettempdir() not in answer.text
        assert 'type="file"' in answer.text
        assert 'value="副县长甲"' in answer.text
    nothing = upload(client, "", b"")
    assert nothing.status_code == 400
    assert "未选择文件" in nothing.text


def test_the_name_of_a_draft_is_no_path(client: TestClient, folder: Path) -> None:
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("述职报告")
    document.add_paragraph(SHARED)
    document.save(made)
    answer = upload(client, "../../x.docx", made.getvalue())
    assert answer.status_code == 200
    assert marked(answer.text) == [SHARED.rstrip("。")]
    assert ".." not in answer.text.partition("<main")[2]
    assert not (folder.parent / "x.docx").exists()
    for name in (
        "C:\\a\\<script>x</script>.txt",
        "a" * 5_000 + ".txt",
        ".txt",
        "a.<b>",
        "\u202e.txt",
    ):
        answer = upload(client, name, f"述职报告\n{SHARED}")
        assert answer.status_code in (200, 400)
        assert "<script>x" not in answer.text


def test_a_line_of_megabytes(client: TestClient) -> None:
    answer = upload(client, "long.txt", b"x" * 10_000_000)
    assert answer.status_code == 400
    assert "拆分" in answer.text
    long = SHARED + "，".join(str(number) for number in range(22_000))
    answer = upload(client, "long.txt", long)
    assert answer.status_code == 200
    assert len(answer.content) < 2**19
    assert "仅显示开头" in answer.text
    assert SHARED.rstrip("。") in marked(answer.text)[0]


def test_text_of_reports_is_only_text(client: TestClient) -> None:
    draft = f"{HOSTILE}述职报告\n{HOSTILE}完成了自己的事情，{SHARED}"
    pages = [
        client.get(address(ALONE)).text,
        client.get("/reuse").text,
        upload(client, "稿.txt", draft, official=HOSTILE).text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<b>丙" not in page
        assert " 49" not in page
    assert "&lt;script&gt;" in pages[0]


def test_an_upload_comes_from_our_form(client: TestClient) -> None:
    assert upload(client, "稿.txt", SHARED, form_key="wrong").status_code == 403
    assert client.post("/reuse", data={"file": "x"}).status_code == 403
    broken = client.post(
        "/reuse",
        content=b"--x\r\nrubbish",
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert broken.status_code in (400, 403)
    assert client.put("/reuse").status_code == 405


def test_a_draft_without_javascript(
    tab_without_scripts: Page, address: str, tmp_path: Path
) -> None:
    source = (PROJECT / "corpus" / "甲县副县长2022年度述职报告.txt").read_text(encoding="utf-8")
    long = [line for line in source.splitlines() if len(line) > 60][:2]
    copied = [line[20:50] for line in long]
    draft = tmp_path / "稿子.txt"
    draft.write_text(f"某局长述职报告\n本人{copied[0]}。\n此外{copied[1]}。\n", encoding="utf-8")
    page = tab_without_scripts
    page.goto(f"{address}/reuse")
    page.get_by_label("稿件文件").set_input_files(draft)
    page.get_by_role("button", name="上传并查重").click()
    found = "".join(page.locator(".marked-text mark").all_inner_texts())
    for part in copied:
        assert part[2:28] in found
    first = page.locator(".marked-text mark a").first
    first.click()
    assert urlsplit(page.url).fragment.startswith("evidence_source_")


def test_it_fits_a_narrow_screen(tab: Page, address: str) -> None:
    key = key_of("2023年述职报告（甲县人民政府副县长）.docx")
    tab.set_viewport_size({"width": 320, "height": 700})
    for place in ("/reuse", f"/reuse?report={key}", f"/reuse?report={key}&view=years"):
        tab.goto(address + place)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_answer_stands_first_in_a_sentence(client: TestClient) -> None:
    page = client.get(address(NOW)).text
    first = page.partition('class="conclusion text">')[2].partition("</p>")[0]
    assert page.index('class="conclusion') < page.index("<table")
    assert "也见于其他报告" in first
    assert "相似度最高的是《" in first
    assert "县长乙" in first
    nothing = client.get(address(ALONE)).text
    assert "未发现与其他报告连续相同" in nothing
    years = client.get(address(NOW, "&view=years")).text
    assert "其中保留" in years
    assert "的工作打算共1条" in years


def test_a_sentence_stands_once_with_all_that_it_shares(tmp_path: Path) -> None:
    one = "坚持对违法的不手软、对初犯的讲道理"
    two = "既不让老实人吃亏，也不让小本生意人寒心"
    texts = {
        "甲.txt": f"今年的话\n{one}，用好三把尺子和四项办法并且反复比较，{two}。",
        "乙.txt": f"旧的\n{one}，推行首次轻微免罚整改销账屡教重罚等等，{two}。全年立案53件。",
    }
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(corpus)
    with ask(tmp_path) as client:
        places = client.get(address("甲.txt")).text.partition('<ol class="evidence">')[2]
        places = places.partition("</ol>")[0]
    assert places.count("<li") == 1
    (own, other) = re.findall(r'<p class="text">(.*?)</p>', places)
    for side in (own, other):
        assert re.findall(r'<mark class="exact">(.*?)</mark>', side) == [one, two]
    assert "用好三把尺子" in own
    assert "推行首次轻微免罚" in other
    assert "全年立案" not in other


def test_last_years_plans_are_linked_on_top_and_stay_with_each_kind(client: TestClient) -> None:
    for kind in ("", "&kind=kept", "&kind=changed", "&kind=new", "&kind=dropped"):
        page = client.get(address(NOW, f"&view=years{kind}")).text
        top = page.partition("<table")[0]
        assert '<a href="#plans">上年工作打算落实情况（1 条）</a>' in top
        assert (
            "明年确保云谷大桥通车" in page.partition('id="plans"')[2].partition('id="sections"')[0]
        )
        assert anchors_are_there(page)


def test_a_plan_without_an_answer_says_so(tmp_path: Path) -> None:
    before = (
        "甲县局长2022年述职报告\n一、工作\n修了路。\n二、下一步打算\n（一）建成冷库，让梨农放心。"
    )
    now = "甲县局长2023年述职报告\n一、工作\n全县办学条件改善，新招教师八十名，学生满意。"
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in {"前.txt": before, "今.txt": now}.items():
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "metadata.csv").write_text("id,official\n前.txt,甲\n今.txt,甲\n", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(corpus)
    with ask(tmp_path) as client:
        plans = client.get(address("今.txt", "&view=years")).text.partition('id="plans"')[2]
        plans = plans.partition('id="sections"')[0]
        report = client.get(address("今.txt", "&view=years")).text
    assert "本报告中未见明显回应" in plans
    assert "学生满意" not in plans
    assert "有回应0条、照抄上年打算0条、未见明显回应1条" in report


def test_the_year_view_is_offered_where_there_is_an_earlier_report(client: TestClient) -> None:
    chosen = client.get("/reuse").text.partition('id="upload"')[0]
    rows = re.findall(r"<tr>.*?</tr>", chosen)
    offered = {name: f'{address(name)}&amp;view=years"' in chosen for name in REPORTS}
    assert offered == {NOW: True, BEFORE: False, OTHER: False, ALONE: False}
    assert sum("无更早的报告" in row for row in rows) == 3


def test_a_draft_is_said_to_be_checked_only(client: TestClient) -> None:
    assert "仅作比对，不入库，不留存" in client.get("/reuse").text
    add = client.get("/add").text
    assert "仅需查重、不入库？" in add
    assert 'href="/reuse#upload"' in add


def test_a_draft_leaves_nothing_in_the_browser(client: TestClient) -> None:
    for wanted in ("page", "docx", "html"):
        answer = upload(client, "机密稿.txt", f"我的机密述职报告\n{SHARED}", **{"as": wanted})
        assert answer.headers["cache-control"] == "no-store"
    page = upload(client, "机密稿.txt", f"我的机密述职报告\n{SHARED}").text
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("稿件查重")
    assert "机密" not in title
    assert "后退" in page


def test_the_way_back_does_not_show_a_draft_again(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    draft = tmp_path / "稿子.txt"
    draft.write_text("某局长述职报告\n本人写下了一句谁也不该再看见的话。\n", encoding="utf-8")
    # A tab of its own: the error at the end still disturbs what is opened after it.
    tab = browser.new_page()
    tab.goto(f"{address}/reuse")
    tab.get_by_label("稿件文件").set_input_files(draft)
    tab.get_by_role("button", name="上传并查重").click()
    assert "谁也不该再看见" in tab.content()
    # A browser that is asked to reload sends the form again; that is taken once only.
    tab.reload()
    assert "谁也不该再看见" not in tab.content()
    assert "请重新选择文件上传" in tab.content()
    tab.goto(f"{address}/")
    # The browser has nothing that it could show: it would have to be sent the file again.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        tab.go_back()
    tab.close()


def test_another_draft_can_be_checked_from_the_answer(
    tab_without_scripts: Page, address: str, tmp_path: Path
) -> None:
    draft = tmp_path / "稿子.txt"
    draft.write_text("某局长述职报告\n本人尽职尽责。\n", encoding="utf-8")
    page = tab_without_scripts
    page.goto(f"{address}/reuse")
    page.get_by_label("稿件文件").set_input_files(draft)
    page.get_by_role("button", name="上传并查重").click()
    # The answer has no address in which it could be had in English.
    assert page.get_by_role("link", name="English").count() == 0
    page.get_by_role("link", name="查重其他稿件").click()
    expect(page.get_by_label("稿件文件")).to_be_visible()


PLAN = "明年确保云谷大桥通车。"


def test_a_drafts_sentences_are_counted_and_listed_by_kind(client: TestClient) -> None:
    twice = "今年换了打法，周周碰头。"
    draft = f"述职报告\n一、工作\n{KEPT}\n{twice}\n{SHARED}{twice}\n{PLAN}\n"
    page = upload(client, "稿.txt", draft, official="副县长甲", previous="yes").text
    assert anchors_are_there(page)
    kinds = page.partition('id="kinds"')[2].partition('id="sections"')[0]
    kept = kinds.partition('id="kind_kept"')[2].partition("</details>")[0]
    assert "保留：未改动的句子（2 句）" in kept
    assert KEPT in kept
    assert twice not in kept
    assert f'出现 2 次：<span class="text">{twice.rstrip("。")}' in page
    links = re.findall(r'href="#p(\d+)"', kinds)
    for number in links:
        assert f'id="p{number}"' in page
    assert links
    assert "沿用上年文字比例" in page.partition('id="reuse"')[0]


def test_a_plan_that_a_draft_only_says_again_is_told(client: TestClient) -> None:
    # Of 2024, so that the report before is that of 2023, which plans something.
    draft = f"副县长甲2024年述职报告\n一、工作\n{KEPT}\n{PLAN}\n"
    page = upload(client, "稿.txt", draft, official="副县长甲", previous="yes").text
    plans = page.partition('id="plans"')[2].partition('id="kinds"')[0]
    assert "有回应 0 条、照抄上年打算 1 条、未见明显回应 0 条" in plans
    assert "<strong>照抄上年打算</strong>" in plans
    assert "有回应0条、照抄上年打算1条、未见明显回应0条" in page


def test_a_file_of_a_draft_holds_the_comparison_or_says_why_not(client: TestClient) -> None:
    draft = f"副县长甲2024年述职报告\n一、工作\n{KEPT}\n{PLAN}\n"
    for wanted in ("docx", "html"):
        fields = {"official": "副县长甲", "previous": "yes", "as": wanted}
        answer = upload(client, "稿.txt", draft, **fields)
        told = _all_text(answer.content) if wanted == "docx" else answer.text
        assert "年度对照报告" in told
        assert "照抄上年打算1条" in told
        fields["official"] = "没有的人"
        answer = upload(client, "稿.txt", draft, **fields)
        told = _all_text(answer.content) if wanted == "docx" else answer.text
        assert "没有 没有的人 更早的馆藏报告" in told


def test_whose_a_draft_is_is_taken_from_its_first_lines(client: TestClient) -> None:
    draft = f"副县长甲2024年述职报告\n一、工作\n{KEPT}\n"
    page = upload(client, "稿.txt", draft, previous="yes").text
    assert "按 副县长甲 的稿件统计" in page
    assert 'id="kinds"' in page
    unknown = upload(client, "稿.txt", f"己县副县长2024年述职报告\n{KEPT}\n", previous="yes").text
    assert "稿件识别为 己县副县长 的报告" in unknown
    assert "没有 己县副县长 更早的馆藏报告" in unknown
    assert "请填写人员姓名" not in unknown
    assert "也未能识别" not in unknown


def test_a_name_that_is_otherwise_written_is_that_of_the_draft(client: TestClient) -> None:
    draft = f"副县长甲2024年述职报告\n一、工作\n{KEPT}\n"
    for name in ("人民政府副县长甲", "副县长人民政府甲", "副县长"):
        page = upload(client, "稿.txt", draft, official=name).text
        assert "按 副县长甲 的稿件统计" in page, name
        assert "全部来源均按他人报告统计" not in page
    other = upload(client, "稿.txt", draft, official="丁县局长").text
    assert "没有“丁县局长”的馆藏报告" in other


def test_a_piece_below_the_least_length_is_told_to_be_part_of_a_run(client: TestClient) -> None:
    # The index has it in one paragraph, the draft in two.
    text = SHARED.rstrip("。")
    page = upload(client, "稿.txt", f"述职报告\n此外{text[:9]}\n{text[9:]}，别的。\n").text
    assert "9 字（属于连续相同的 " in page
