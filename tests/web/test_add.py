"""Adding files on the page, correcting what was recognised, removing and restoring reports."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Iterator
from contextlib import chdir
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.errors import Message, ReportSearchError
from reportsearch.web import uploads
from reportsearch.web.archive_service import key_of
from reportsearch.web.indexing_jobs import IndexingJobs, JobResult
from reportsearch.web.jobs import Job, report_progress
from reportsearch.web.uploads import SavedFiles
from tests.web.conftest import ask, served, settings_of

TEXT = (
    "甲县副县长{year}年度述职报告\n我分管文旅、民政工作。\n一、文旅工作\n全年接待游客{n}万人次。\n"
)
Files = list[tuple[str, bytes]]
_LISTS = ("/add/reports", "/add/excluded")


def text(year: int = 2023, n: int = 12) -> bytes:
    return TEXT.format(year=year, n=n).encode()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with ask(tmp_path) as opened:
        yield opened


def secret(client: TestClient) -> str:
    found: str = client.app.state.settings.form_key  # type: ignore[attr-defined]
    return found


def post(client: TestClient, place: str, **values: str) -> str:
    """What the page says after a form was sent, or where it leads to."""
    answer = client.post(place, data={"form_key": secret(client), **values})
    return answer.text


def finished(client: TestClient, place: str) -> str:
    """The page of a run, when it is done."""
    for _ in range(600):
        answer = client.get(place)
        if "refresh" not in answer.headers:
            return answer.text
        time.sleep(0.02)
    raise AssertionError("the run does not end")


def add(client: TestClient, files: Files) -> str:
    """Add files and wait for the result."""
    sent = [("files", (name, data)) for name, data in files]
    answer = client.post(
        "/add/files", data={"form_key": secret(client)}, files=sent, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return finished(client, answer.headers["location"])


def infos(folder: Path) -> dict[str, int | None]:
    with Archive.open(folder / "index") as archive:
        return {info.id: info.year for info in archive.infos()}


def test_what_is_added_is_kept_read_and_shown(tmp_path: Path, client: TestClient) -> None:
    assert "报告库为空" in client.get("/add/reports").text
    said = add(client, [("甲.txt", text(2023)), ("部门/乙.txt", text(2022, 7))])
    assert "本次上传 2 个文件：读取 2 个，读取失败 0 个，已存在 0 个" in said
    assert "新增 2 份" in said
    assert "文旅" in said
    assert (tmp_path / "corpus" / "部门" / "乙.txt").read_bytes() == text(2022, 7)
    for name in ("甲.txt", "部门/乙.txt"):
        assert f'href="/add/report/{key_of(name)}"' in said
        assert client.get(f"/add/report/{key_of(name)}").status_code == 200
    english = client.get("/add/reports?lang=en").text
    assert "1–2 of 2" in english
    assert "Correct" in english
    client.cookies.clear()
    assert "乙.txt" not in client.get("/add/reports?q=甲.txt").text
    assert "没有符合的标题" in client.get("/add/reports?q=无此").text


def test_what_is_added_goes_to_the_folder_of_the_index(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder, name in ((home / "reports", "own.txt"), (elsewhere / "corpus", "foreign.txt")):
        folder.mkdir(parents=True)
        (folder / name).write_bytes(text(2020))
    with Archive.create(home / "index") as archive:
        archive.index([home / "reports"])
    # Only what is added is read.
    (home / "reports" / "later.txt").write_bytes(text(2019))
    with chdir(elsewhere), ask(home) as client:
        assert str(home / "reports") in client.get("/add").text
        said = add(client, [("sub/b.txt", text(2022))])
        assert "新增 1 份" in said
        assert "later.txt" not in said
        post(client, f"/add/report/{key_of('sub/b.txt')}", year="2018")
    assert infos(home) == {"own.txt": 2020, "sub/b.txt": 2018}
    assert (home / "reports" / "metadata.csv").exists()
    assert [path.name for path in elsewhere.rglob("*")] == ["corpus", "foreign.txt"]


def test_where_nobody_is_named_a_name_is_proposed(client: TestClient) -> None:
    said = add(client, [("甲.txt", text(2023)), ("a.txt", text(2022))])
    place = f"/add/report/{key_of('甲.txt')}"
    assert f'<a href="{place}#official">填写人员' in said
    assert "例如：甲县副县长" in client.get(place).text
    post(client, place, official="甲县李四")
    assert f'<a href="{place}#official">' not in client.get("/add/reports").text
    other = client.get(f"/add/report/{key_of('a.txt')}").text
    assert '<option value="甲县李四">' in other


def test_nothing_is_written_over(tmp_path: Path, client: TestClient) -> None:
    add(client, [("a.txt", text(2023))])
    said = add(client, [("a.txt", text(2023)), ("a.txt", text(2021)), ("a.txt", text(2021))])
    assert "内容相同" in said
    assert infos(tmp_path) == {"a.txt": 2023, "a-2.txt": 2021}
    assert (tmp_path / "corpus" / "a.txt").read_bytes() == text(2023)


def test_what_cannot_be_read_is_told_and_not_kept(tmp_path: Path, client: TestClient) -> None:
    said = add(
        client,
        [
            ("空.txt", b""),
            ("sub/图.png", b"\x89PNG\r\n"),
            ("好.txt", text()),
            ("README.md", b"x"),
            ("metadata.csv", "id,exclude\n好.txt,yes\n".encode()),
            ("~$a.docx", b"x"),
            ("<script>alert(1)</script>{{7}}.exe", b"abc"),
        ],
    )
    assert "新增 1 份" in said
    for reason in ("文件为空", "这是图片", "不支持 .exe 文件", "未保存的文件", "README.md"):
        assert reason in said
    assert "<script>alert" not in said
    assert "{{7}}" in said
    kept = [path.name for path in (tmp_path / "corpus").rglob("*")]
    assert kept == ["好.txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x.txt", "x.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("C:\\a\\x.txt", "C_/a/x.txt"),
        ("CON.txt", "_CON.txt"),
        ("aux", "_aux"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        ("a/nul/b.txt", "a/_nul/b.txt"),
        ("<script>.txt", "_script_.txt"),
        ("a\u202etxt.exe", "a_txt.exe"),
        ("x. . .txt . ", "x.txt"),
        ("", "未命名"),
        ("...", "未命名"),
        ("a\x00b\n.txt", "a_b_.txt"),
    ],
)
def test_names_lead_nowhere_else(name: str, kept: str) -> None:
    assert uploads.sanitize_path(name) == kept


@given(st.text(st.characters() | st.sampled_from("./\\: ~$报"), max_size=300))
def test_every_name_is_one_that_every_system_takes(name: str) -> None:
    kept = uploads.sanitize_path(name)
    assert kept == uploads.sanitize_path(kept)
    for part in kept.split("/"):
        assert 0 < len(part.encode()) <= 200
        assert part.strip(" .") == part
        assert not set(part) & set('<>:"|?*\\')
        assert part.isprintable()


def test_long_names_keep_their_suffix(tmp_path: Path) -> None:
    long = "长" * 400 + ".txt"
    saved = uploads.save_files([(long, io.BytesIO(b"1")), (long, io.BytesIO(b"2"))], tmp_path)
    assert len(saved.new) == 2
    assert all(name.endswith(".txt") and (tmp_path / name).is_file() for name in saved.new)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (tmp_path / "outside").mkdir()
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path / "outside")
    with pytest.raises(ReportSearchError, match="leaves the folder"):
        uploads.save_files([("a.txt", io.BytesIO(b"1")), ("out/b.txt", io.BytesIO(b"1"))], folder)
    assert list((tmp_path / "outside").iterdir()) == []
    # All or nothing of what was sent.
    assert not (folder / "a.txt").exists()


def test_what_is_sent_without_the_secret_changes_nothing(
    tmp_path: Path, client: TestClient
) -> None:
    add(client, [("a.txt", text())])
    key = key_of("a.txt")
    for place in ("/add/files", "/add/reread", f"/add/report/{key}", f"/add/report/{key}/remove"):
        for shown in ({}, {"form_key": "x"}):
            answer = client.post(place, data=shown, files=[("files", ("b.txt", text()))])
            assert answer.status_code == 403
    assert client.post("/add/excluded").status_code == 403
    assert infos(tmp_path) == {"a.txt": 2023}
    assert not (tmp_path / "corpus" / "b.txt").exists()


def test_too_many_or_broken_uploads_are_pages(tmp_path: Path) -> None:
    with ask(tmp_path, max_files=2, max_bytes=2**20) as client:
        sent = [("files", (f"{n}.txt", b"x")) for n in range(5)]
        answer = client.post("/add/files", data={"form_key": secret(client)}, files=sent)
        assert answer.status_code == 400
        assert "超过 2 个" in answer.text
        broken = {"content-type": "multipart/form-data; boundary=x"}
        assert client.post("/add/files", content=b"--y", headers=broken).status_code in {400, 403}
        assert "未选择文件" in post(client, "/add/files")
        assert "未选择文件" in post(client, "/add/files", files="no file")
        large = [("files", ("a.txt", b"x" * 2**20))]
        assert client.post("/add/files", files=large).status_code == 413
        assert not (tmp_path / "corpus").exists()


def test_a_correction_outlives_a_rebuild(tmp_path: Path, client: TestClient) -> None:
    add(client, [("a.txt", text(2023)), ("部门/b.txt", text(2022))])
    place = f"/add/report/{key_of('部门/b.txt')}"
    shown = client.get(place).text
    assert 'value="2022"' in shown
    assert "来源：正文“甲县副县长2022年度述职报告”" in shown
    given_ = {"title": "乙<b>", "year": "2019", "official": "甲县张三", "kind": "工作总结"}
    said = post(client, place, **given_)
    assert "已保存" in said
    assert "手工更正" in said
    assert "乙&lt;b&gt;" in said
    with Archive.open(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus", rebuild=True)
        info = archive.show("部门/b.txt").info
        assert (info.title, info.year, info.official) == ("乙<b>", 2019, "甲县张三")
        # What was not changed in the form is no correction.
        assert info.origin["region"] == "text"
    assert "2019" in client.get("/add/reports").text
    values = {**given_, "year": "", "post": ""}
    post(client, place, **values)
    with Archive.open(tmp_path / "index") as archive:
        info = archive.show("部门/b.txt").info
        assert (info.year, info.post, info.official) == (2022, "副县长", "甲县张三")


def test_a_wrong_value_is_shown_with_the_form_as_it_was(client: TestClient) -> None:
    add(client, [("a.txt", text(2023))])
    place = f"/add/report/{key_of('a.txt')}"
    data = {"form_key": secret(client), "year": "abc", "official": "李四"}
    answer = client.post(place, data=data)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "年份应为四位数字" in answer.text
    assert 'value="abc"' in answer.text
    assert 'value="李四"' in answer.text
    assert client.post(place, data={**data, "year": "2020", "kind": "诗"}).status_code == 400
    assert 'value="2023"' in client.get(place).text
    assert client.get("/add/report/none").status_code == 404


def test_a_removed_report_stays_out_until_it_is_restored(
    tmp_path: Path, client: TestClient
) -> None:
    add(client, [("a.txt", text(2023)), ("b.txt", text(2022))])
    place = f"/add/report/{key_of('a.txt')}/remove"
    asked = client.get(place).text
    assert "移除本报告？" in asked
    assert infos(tmp_path).keys() == {"a.txt", "b.txt"}
    said = post(client, place)
    assert "已移除" in said
    assert "a.txt" in said
    assert client.get(place).status_code == 404
    again = add(client, [("a.txt", text(2023))])
    assert "此前已移除" in again
    assert infos(tmp_path).keys() == {"b.txt"}
    assert (tmp_path / "corpus" / "a.txt").read_bytes() == text(2023)
    which = re.search(r'name="which" value="(\w+)"', client.get("/add/excluded").text)
    assert which
    assert "已恢复" in post(client, "/add/excluded", which=which[1])
    assert infos(tmp_path) == {"a.txt": 2023, "b.txt": 2022}
    assert "没有已移除的报告" in client.get("/add/excluded").text
    assert (
        client.post(
            "/add/excluded", data={"form_key": secret(client), "which": which[1]}
        ).status_code
        == 404
    )


def test_a_row_is_corrected_in_its_file(client: TestClient) -> None:
    add(client, [("rows.csv", "id,正文\nr1,甲县副县长2020年述职报告\n".encode())])
    place = f"/add/report/{key_of('r1')}"
    assert "表格文件中的一行" in client.get(place).text
    answer = client.post(place, data={"form_key": secret(client), "year": "2011"})
    assert answer.status_code == 400
    assert "请在该文件中更正" in answer.text


def test_the_folder_is_read_again(tmp_path: Path, client: TestClient) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_bytes(text())

    def reread(**values: str) -> str:
        answer = client.post(
            "/add/reread", data={"form_key": secret(client), **values}, follow_redirects=False
        )
        return finished(client, answer.headers["location"])

    assert "新增 1 份" in reread()
    (folder / "a.txt").unlink()
    assert "移除 0 份" in reread()
    assert "移除 1 份" in reread(prune="yes")
    assert infos(tmp_path) == {}


def test_while_files_are_read_the_page_goes_on(tmp_path: Path, client: TestClient) -> None:
    add(client, [("a.txt", text())])
    leave = threading.Event()
    jobs: IndexingJobs = client.app.state.indexing  # type: ignore[attr-defined]

    def work() -> None:
        reading = Message("{name}, page {page} of {pages}", name="乙<i>.pdf", page=2, pages=9)
        report_progress(2048, 4096, reading)
        assert leave.wait(30)

    job = jobs._worker.submit("busy", work)
    while not job.total:
        time.sleep(0.01)
    answer = client.get(f"/add/run/{job.id}")
    assert answer.headers["refresh"] == "1"
    assert "乙&lt;i&gt;.pdf，第 2 页，共 9 页" in answer.text
    assert 'value="2048"' in answer.text
    assert f"/add/run/{job.id}" in client.get("/add").text
    sent = {"files": ("b.txt", text())}
    busy = client.post("/add/files", data={"form_key": secret(client)}, files=sent)
    assert (busy.status_code, "正在导入另一批文件" in busy.text) == (409, True)
    assert not (tmp_path / "corpus" / "b.txt").exists()
    assert "甲县" in client.get("/add/reports").text
    leave.set()
    assert "没有此次导入" in client.get("/add/run/none").text


def test_another_program_that_writes_is_told(tmp_path: Path, client: TestClient) -> None:
    add(client, [("a.txt", text())])
    place = f"/add/report/{key_of('a.txt')}"
    with Archive.open(tmp_path / "index") as other, other._engine.writer():
        assert "报告库正由" in add(client, [("b.txt", text(2020))])
        assert "报告库正由" in post(client, place, year="2001")
        assert "报告库正由" in post(client, f"{place}/remove")
    # What was sent is kept for the next run.
    assert (tmp_path / "corpus" / "b.txt").exists()
    assert infos(tmp_path) == {"a.txt": 2023}


def test_runs_are_one_at_a_time(tmp_path: Path) -> None:
    jobs = IndexingJobs(settings_of(tmp_path))
    leave = threading.Event()

    def save() -> SavedFiles:
        assert leave.wait(30)
        return SavedFiles()

    started: list[Job[JobResult] | None] = []
    threads = [
        threading.Thread(target=lambda: started.append(jobs.start_adding(tmp_path, save)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    while len(started) < 7:
        time.sleep(0.01)
    assert started == [None] * 7
    leave.set()
    for thread in threads:
        thread.join()
    assert sum(job is not None for job in started) == 1
    jobs.close()


def test_rubbish_in_the_address_is_no_error(client: TestClient) -> None:
    for page, place in product(("-1", "x", "0", "99999999999", "9" * 5000, "２"), _LISTS):
        for values in ({"q": "甲" * 300}, {"done": "<"}):
            assert client.get(place, params={"page": page, **values}).status_code == 200


@pytest.mark.parametrize("script", [True, False])
def test_in_a_browser_a_file_is_added_found_and_corrected(
    tmp_path: Path, tab: Page, tab_without_scripts: Page, script: bool
) -> None:
    sent = tmp_path / "我的"
    (sent / "子").mkdir(parents=True)
    (sent / "子" / "甲.txt").write_bytes(text(2023, 4711))
    (sent / "坏.docx").write_bytes(b"PK\x03\x04")
    with served(tmp_path) as place:
        page = tab if script else tab_without_scripts
        page.goto(f"{place}/add")
        page.set_input_files("#folder", str(sent))
        page.click("form.drop button")
        page.get_by_role("heading", name="导入完成").wait_for()
        expect(page.get_by_text("文件已损坏")).to_be_visible()
        page.get_by_role("link", name="更正").click()
        page.fill("#year", "2018")
        page.get_by_role("button", name="保存").click()
        page.get_by_text("已保存").wait_for()
        assert page.input_value("#year") == "2018"
        assert urlsplit(page.url).path == f"/add/report/{key_of('我的/子/甲.txt')}"
    with Archive.open(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus", rebuild=True)
        assert archive.search("4711万人次").hits[0].report.year == 2018


def test_files_are_chosen_with_a_button_in_the_language_of_the_page(
    tmp_path: Path, tab: Page, tab_without_scripts: Page
) -> None:
    sent = [tmp_path / f"{name}.txt" for name in "甲乙丙丁"]
    for path in sent:
        path.write_text("述职报告", encoding="utf-8")
    with served(tmp_path) as place:
        tab.goto(f"{place}/add?lang=zh")
        chosen = tab.locator(".picker:has(#files) .chosen")
        expect(chosen).to_have_text("选择文件 未选择文件")
        tab.set_input_files("#files", sent[:2])
        expect(chosen.locator(".text")).to_have_text("甲.txt\n乙.txt")
        tab.set_input_files("#files", sent)
        expect(chosen.locator(".text")).to_have_text("已选择 4 个文件")
        # The input lies over the button: a click on that chooses files, and the keyboard reaches it.
        with tab.expect_file_chooser():
            tab.click(".picker:has(#files) .button", force=True)
        tab.focus("#files")
        assert chosen.evaluate("(shown) => getComputedStyle(shown).outlineStyle") == "solid"
        tab_without_scripts.goto(f"{place}/add?lang=zh")
        expect(tab_without_scripts.locator("#files")).to_have_css("opacity", "1")
        expect(tab_without_scripts.locator(".picker .chosen").first).to_be_hidden()


def test_a_sidecar_that_cannot_be_changed_is_told_above_the_form(
    tmp_path: Path, client: TestClient
) -> None:
    add(client, [("a.txt", text())])
    broken = 'id,official\na.txt,"张三\n'.encode()
    (tmp_path / "corpus" / "metadata.csv").write_bytes(broken)
    place = f"/add/report/{key_of('a.txt')}"
    said = post(client, place, year="2001")
    assert "不是有效的 CSV" in said
    assert 'value="2001"' in said
    assert "不是有效的 CSV" in post(client, f"{place}/remove")
    assert (tmp_path / "corpus" / "metadata.csv").read_bytes() == broken
