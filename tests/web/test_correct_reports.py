"""Many reports are corrected on a page: nothing is saved before it was shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.extract.metadata_csv import find_sidecar_column
from reportsearch.models.report import METADATA_FIELDS, ReportInfo
from reportsearch.web.archive_service import key_of
from reportsearch.web.corrections_view import PendingCorrections
from tests.web.conftest import ask, served
from tests.web.test_add import finished, secret, text

NAMES = ("a.txt", "b.txt", "c.txt")
NEW = re.compile('name="plan" value="([^"]+)"')


@pytest.fixture
def site(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, year in zip(NAMES, (2021, 2022, 2023), strict=True):
        (corpus / name).write_bytes(text(year, year))
    (corpus / "rows.jsonl").write_text(
        '{"id": "r1", "text": "乙县县长2023年述职报告\\n我分管民政工作。"}\n', encoding="utf-8"
    )
    with Archive.create(tmp_path / "index") as archive:
        archive.index(corpus)
    return tmp_path


@pytest.fixture
def client(site: Path) -> Iterator[TestClient]:
    with ask(site) as opened:
        yield opened


def infos(site: Path) -> dict[str, ReportInfo]:
    with Archive.open(site / "index") as archive:
        return {info.id: info for info in archive.infos()}


def preview(client: TestClient, values: dict[str, str], table: str | None = None) -> str:
    """What the page says would change."""
    files = {"table": ("表.csv", io.BytesIO(table.encode()))} if table is not None else None
    return client.post("/add/table", data={"form_key": secret(client), **values}, files=files).text


def save(client: TestClient, shown: str) -> str:
    found = NEW.search(shown)
    assert found, shown
    data = {"form_key": secret(client), "plan": found[1]}
    answer = client.post("/add/table/save", data=data, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return finished(client, answer.headers["location"])


def cell(name: str, field: str) -> str:
    return f"value:{key_of(name)}:{field}"


def test_what_is_edited_in_the_table_is_shown_then_saved(site: Path, client: TestClient) -> None:
    page = client.get("/add/table").text
    assert f'name="{cell("a.txt", "official")}"' in page
    edited = {
        cell("a.txt", "official"): "李四",
        cell("a.txt", "year"): "2021",  # as it is
        cell("b.txt", "date"): "2023/1/5",
        cell("c.txt", "year"): "昨年",
        "value:0123456789abcdef:year": "2020",
        cell("a.txt", "sha256"): "x",
    }
    shown = preview(client, edited)
    assert "3 份报告中，将更正 2 份；尚未保存" in shown
    assert "昨年" in shown
    assert not (site / "corpus" / "metadata.csv").exists()
    done = save(client, shown)
    assert "2 份报告中，已更正 2 份" in done
    found = infos(site)
    assert (found["a.txt"].official, found["a.txt"].origin["year"]) == ("李四", "text")
    assert (found["b.txt"].date, found["c.txt"].year) == ("2023-01-05", 2023)
    back = preview(client, {cell("a.txt", "official"): ""})
    assert "恢复识别结果" in back
    save(client, back)
    assert infos(site)["a.txt"].official is None
    nothing = preview(client, {cell("a.txt", "official"): ""})
    assert "将更正 0 份" in nothing
    assert not NEW.search(nothing)


def test_one_value_is_given_to_all_that_are_selected(site: Path, client: TestClient) -> None:
    assert "b.txt" not in client.get("/add/table?year=2021").text
    assert "请先在上方筛选报告" in client.get("/add/table").text
    shown = preview(client, {"region": "甲县", "field": "official", "new": "张三"})
    assert "3 份报告中，将更正 3 份" in shown
    save(client, shown)
    assert [one.official for one in infos(site).values()] == ["张三", "张三", "张三", None]
    for values in (
        {"field": "official", "new": "张三"},
        {"region": "甲县", "field": "nothing", "new": "x"},
        {"region": "甲县", "field": "year", "new": "x"},
        {"year": "x", "field": "year", "new": "2020"},
    ):
        assert not NEW.search(preview(client, values))
    rows = preview(client, {"region": "乙县", "field": "official", "new": "王五"})
    assert "请在该文件中" in rows or "rows.jsonl" in rows


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_is_downloaded_edited_and_sent(site: Path, client: TestClient, lang: str) -> None:
    answer = client.get(f"/add/table?as=csv&lang={lang}")
    assert "attachment" in answer.headers["content-disposition"]
    table = answer.content.decode("utf-8-sig")
    header = table.splitlines()[0].split(",")
    assert [find_sidecar_column(name) for name in header] == ["id", *METADATA_FIELDS]
    client.cookies.clear()
    assert "将更正 0 份" in preview(client, {}, table)
    edited = table.replace("副县长,县,甲县,", "副县长,县,甲县,赵六")
    save(client, preview(client, {}, f"{edited}无此.txt,,,2020\n"))
    assert infos(site)["c.txt"].official == "赵六"
    shown = preview(client, {}, f"{table}无此.txt,,,2020\n")
    assert "无此.txt" in shown
    assert ">6<" in shown
    for bad in ("", "名称\n甲\n", 'id,year\n"a'):
        assert "表.csv" in preview(client, {}, bad)


def test_a_wrong_filter_is_explained(client: TestClient) -> None:
    answer = client.get("/add/table?year=昨年")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "没有符合条件的报告" in client.get("/add/table?region=丙县").text


def test_nothing_is_saved_that_was_not_shown_by_this_page(site: Path, client: TestClient) -> None:
    shown = preview(client, {cell("a.txt", "year"): "2020"})
    plan = NEW.search(shown)
    assert plan
    for place, data in (
        ("/add/table", {cell("a.txt", "year"): "2020"}),
        ("/add/table/save", {"plan": plan[1]}),
    ):
        for key in ({}, {"form_key": "x"}):
            assert client.post(place, data={**data, **key}).status_code == 403
        other = {"sec-fetch-site": "cross-site"}
        data = {**data, "form_key": secret(client)}
        assert client.post(place, data=data, headers=other).status_code == 403
    for wrong in ("", "x"):
        data = {"form_key": secret(client), "plan": wrong}
        assert client.post("/add/table/save", data=data).status_code == 409
    assert infos(site)["a.txt"].year == 2021
    save(client, shown)
    again = client.post("/add/table/save", data={"form_key": secret(client), "plan": plan[1]})
    assert again.status_code == 409


def test_only_the_newest_corrections_wait() -> None:
    pending = PendingCorrections()
    names = [pending.add({"a": {"year": str(number)}}) for number in range(20)]
    assert pending.take(names[0]) is None
    assert pending.take(names[-1]) == {"a": {"year": "19"}}
    assert pending.take(names[-1]) is None


def test_markup_of_reports_is_shown_as_text(client: TestClient) -> None:
    save(client, preview(client, {cell("a.txt", "title"): '"><script>alert(1)</script>{{7*7}}'}))
    for page in ("/add/table", "/add/table?title=script"):
        said = client.get(page).text
        assert "<script>alert" not in said
        assert "{{7*7}}" in said


@pytest.mark.parametrize("width", [1280, 390])
def test_the_table_is_edited_in_a_browser(site: Path, tab: Page, width: int) -> None:
    with served(site) as address:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto(f"{address}/add/table")
        tab.get_by_role("textbox", name="地区").first.fill("甲县")
        tab.get_by_role("button", name="筛选").click()
        row = tab.get_by_role("row").filter(has_text="a.txt")
        row.get_by_label("人员").fill("李四")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.get_by_role("button", name="预览更改").first.click()
        expect(tab.get_by_role("status")).to_have_text("1 份报告中，将更正 1 份；尚未保存")
        tab.get_by_role("button", name="保存更正").click()
        expect(tab.get_by_role("heading", level=1)).to_have_text("更正已保存")
    assert infos(site)["a.txt"].official == "李四"


@pytest.mark.parametrize(("do", "year"), [("put_back", 2019), ("accept", 2021)])
def test_corrections_that_were_saved_over_are_shown_and_decided(
    site: Path, client: TestClient, do: str, year: int
) -> None:
    with Archive.open(site / "index") as archive:
        archive.correct("a.txt", {"year": "2019"})
        (site / "corpus" / "metadata.csv").unlink()
        archive.index(site / "corpus")
    shown = client.get("/add?lang=en").text
    assert "1 corrections made here are no longer in metadata.csv" in shown
    assert ">2021<" in shown
    assert ">2019<" in shown
    data = {"form_key": secret(client), "do": do}
    answer = client.post("/add/lost", data=data, files={"none": ("", b"")}, follow_redirects=False)
    assert answer.status_code == 303
    if do == "put_back":
        finished(client, answer.headers["location"])
    assert infos(site)["a.txt"].year == year
    assert "no longer in metadata.csv" not in client.get("/add?lang=en").text
