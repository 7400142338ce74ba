"""What is shown while an analysis goes on, and what others can do meanwhile."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.analysis.stages import COMPARING, COUNTING_TERMS, COUNTING_WORDS
from reportsearch.errors import QueryError, ReportSearchError
from reportsearch.models.topics import AUTO
from reportsearch.web.answer_cache import MAX_ANSWERS, AnswerCache, estimate_size
from reportsearch.web.archive_service import WAIT_SECONDS, ArchiveService, build_question
from reportsearch.web.jobs import (
    BusyError,
    Job,
    JobCancelledError,
    StillWorkingError,
    Worker,
    report_progress,
)
from tests.web.conftest import ask, settings_of

_KEY = re.compile(r'name="form_key" value="([^"]+)"')


def until(holds: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen within ten seconds")


@contextmanager
def busy(
    service: ArchiveService,
    question: Hashable = "busy",
    fails: Exception | None = None,
    *,
    brief: bool = False,
) -> Iterator[None]:
    """An analysis, of the whole index unless brief, that ends with the block, before all others."""
    begun, leave = threading.Event(), threading.Event()

    def work(_: Archive) -> str:
        report_progress(3, 52, COUNTING_WORDS)
        begun.set()
        assert leave.wait(30)
        if fails:
            raise fails
        return "done"

    def wait() -> None:
        WAIT_SECONDS.set(0.01)
        with suppress(StillWorkingError):
            service.cached(question, work, brief=brief)

    asking = threading.Thread(target=wait)
    asking.start()
    assert begun.wait(10)
    try:
        yield
    finally:
        leave.set()
        asking.join(10)


@pytest.fixture
def hasty(shipped_folder: Path) -> Iterator[TestClient]:
    """The page, which does not wait for analyses at all."""
    with ask(shipped_folder, wait_seconds=0.05) as client:
        yield client


def test_an_analysis_that_takes_long_is_told_of_and_then_shown_at_the_same_address(
    hasty: TestClient,
) -> None:
    address = "/portfolios?by=year&year=2021..2023"
    with busy(hasty.app.state.service):  # type: ignore[attr-defined]
        answer = hasty.get(address)
        assert answer.status_code == 202
        assert answer.headers["refresh"] == "1"
        assert "正在计算：分管" in answer.text
        assert "2021..2023" in answer.text
        assert "前面还有 1 项" in answer.text
        assert re.search(r"已用时 \d+ 秒", answer.text)
        english = hasty.get(address + "&lang=en").text
        assert "Calculating: Portfolios" in english
        assert "analyses ahead: 1" in english
    hasty.cookies.clear()
    for _ in range(600):
        answer = hasty.get(address)
        if answer.status_code != 202:
            break
    assert answer.status_code == 200
    assert "refresh" not in answer.headers
    assert "正在计算" not in answer.text


def test_the_stage_and_how_far_it_is_are_told(hasty: TestClient) -> None:
    service: ArchiveService = hasty.app.state.service  # type: ignore[attr-defined]
    asked = {"topics": AUTO, "where": (), "query": None, "by": "year"}
    question = build_question(Archive.topics, asked)
    fails = QueryError("no portfolio is called 空气; there are 30, such as 文旅")
    with busy(service, question, fails):
        # The page asks the same, and does not begin it once more.
        text = hasty.get("/topics?by=year").text
        assert "正在统计词语：3 / 52" in text
        assert '<progress value="3" max="52"' in text
    # An error ends as what the page shows of errors.
    answers = (hasty.get("/topics?by=year") for _ in range(600))
    answer = next(one for one in answers if one.status_code != 202)
    assert answer.status_code == 400
    assert "空气" in answer.text


def test_searches_do_not_wait_for_an_analysis(hasty: TestClient) -> None:
    with busy(hasty.app.state.service):  # type: ignore[attr-defined]
        for place in ("/?q=招商", "/add", "/help", "/topics", "/compare", "/api/search?q=招商"):
            assert hasty.get(place).status_code == 200, place


def test_a_question_about_one_report_does_not_wait_for_one_about_all(page: TestClient) -> None:
    key = page.get("/api/reports?limit=1").json()["reports"][0]["key"]
    with busy(page.app.state.service):  # type: ignore[attr-defined]
        assert page.get(f"/report/{key}/facts").status_code == 200


def test_a_text_that_waits_for_others_is_told_of_and_then_shown(hasty: TestClient) -> None:
    address = "/similar?text=扎实推进招商引资工作，全年签约项目。&year=2022"
    with busy(hasty.app.state.service, brief=True):  # type: ignore[attr-defined]
        answer = hasty.get(address)
        assert answer.status_code == 202
        assert "前面还有 1 项" in answer.text
    answers = (hasty.get(address) for _ in range(600))
    answer = next(one for one in answers if one.status_code != 202)
    assert answer.status_code == 200
    assert "招商引资" in answer.text


def test_programs_and_files_wait_for_the_answer(hasty: TestClient) -> None:
    place = "/api/portfolios?by=official"
    for address in (place, "/portfolios.csv?by=year"):
        answer = hasty.get(address)
        assert answer.status_code == 200, address
        assert "正在计算" not in answer.text


def test_the_work_of_a_job_that_was_stopped_ends_where_it_next_tells_how_far_it_is() -> None:
    worker = Worker("counting", keeps_results=True)
    begun, leave = threading.Event(), threading.Event()
    reached: list[str] = []

    def work() -> str:
        report_progress(1, 3, COUNTING_WORDS)
        reached.append(COUNTING_WORDS)
        begun.set()
        assert leave.wait(30)
        report_progress(2, 3, COUNTING_TERMS)
        reached.append(COUNTING_TERMS)
        return "done"

    try:
        job = worker.submit("one", work)
        assert begun.wait(10)
        assert worker.cancel(job.id)
        leave.set()
        assert worker.wait(worker.submit("two", lambda: "the next"), 10) == "the next"
        assert reached == [COUNTING_WORDS]
        with pytest.raises(JobCancelledError):
            worker.wait(job, 0)
        assert job.result is None
    finally:
        leave.set()
        assert worker.close()


def test_a_job_that_was_stopped_ends_and_can_be_asked_for_again(hasty: TestClient) -> None:
    with busy(hasty.app.state.service):  # type: ignore[attr-defined]
        shown = hasty.get("/portfolios?by=post").text
        found = re.search(r'action="(/waiting/\w+/stop)"', shown)
        key = _KEY.search(shown)
        assert found
        assert key
        refused = hasty.post(found[1], data={"form_key": "wrong"})
        assert refused.status_code == 403
        sent = {"form_key": key[1], "back": "/portfolios?by=post"}
        ended = hasty.post(found[1], data=sent)
        assert ended.status_code == 200
        assert "已停止计算" in ended.text
        assert 'href="/portfolios?by=post"' in ended.text
        assert hasty.post(found[1], data=sent).status_code == 404
        outside = hasty.post(found[1], data={"form_key": key[1], "back": "//example.org"})
        assert "example.org" not in outside.text
    until(lambda: hasty.get("/portfolios?by=post").status_code == 200)


def test_a_job_that_was_stopped_and_ends_late_leaves_the_one_after_it_alone() -> None:
    worker = Worker("counting", keeps_results=True)
    begun, leave = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        assert leave.wait(30)
        return "late"

    try:
        stopped = worker.submit("question", work)
        assert begun.wait(10)
        assert worker.cancel(stopped.id)
        again = worker.submit("question", lambda: "new")
        leave.set()
        assert worker.wait(again, 10) == "new"
        with pytest.raises(JobCancelledError):
            worker.wait(stopped, 0)
        assert stopped.result is None
    finally:
        leave.set()
        assert worker.close()


def test_the_end_of_the_page_does_not_wait_for_an_analysis(shipped_folder: Path) -> None:
    service = ArchiveService(shipped_folder / "index")
    ended: list[type[Exception]] = []
    begun = threading.Event()

    def work(_: Archive) -> None:
        begun.set()
        for _number in range(3000):
            time.sleep(0.01)
            report_progress(0, 0, COMPARING)

    def wait() -> None:
        try:
            service.cached("long", work)
        except ReportSearchError as error:
            ended.append(type(error))

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert begun.wait(10)
    started = time.monotonic()
    service.close()
    waiting.join(10)
    assert ended == [JobCancelledError]
    assert time.monotonic() - started < 5
    with pytest.raises(JobCancelledError):
        service.uncached(lambda archive: archive.commit())


def test_what_is_asked_by_many_is_worked_out_once(shipped_folder: Path) -> None:
    service = ArchiveService(shipped_folder / "index")
    times: list[int] = []
    goes_on = threading.Event()

    def work(archive: Archive) -> str:
        times.append(1)
        assert goes_on.wait(10)
        return archive.commit()

    found: list[str] = []
    asking = [
        threading.Thread(target=lambda: found.append(service.cached("same", work)))
        for _ in range(5)
    ]
    for one in asking:
        one.start()
    goes_on.set()
    for one in asking:
        one.join(10)
    assert service.cached("same", work) == found[0]
    assert len(found) == 5
    assert times == [1]
    service.close()


def test_what_failed_while_nobody_waited_is_told_once_to_who_comes_back() -> None:
    worker = Worker("a test")
    times: list[int] = []

    def work() -> None:
        times.append(1)
        time.sleep(0.05)
        raise QueryError("this cannot be")

    def asked() -> Job[None]:
        return worker.submit("question", work)

    with pytest.raises(StillWorkingError):
        worker.wait(asked(), 0.001)
    until(lambda: worker.current is None)
    with pytest.raises(QueryError, match="this cannot be"):
        asked()
    assert times == [1]
    with pytest.raises(QueryError):
        worker.wait(asked(), 10)
    assert times == [1, 1]
    assert worker.close()


def test_answers_are_kept_within_bounds_and_for_one_commit() -> None:
    kept = AnswerCache(max_bytes=100_000)
    kept.store("one", "a", "x" * 40_000)
    kept.store("one", "b", "y" * 40_000)
    assert kept.find("one", "a") == ("x" * 40_000,)
    kept.store("one", "c", "z" * 40_000)
    # That which was not looked at for longest has gone.
    assert kept.find("one", "b") is None
    assert kept.find("one", "a") is not None
    kept.store("one", "huge", "w" * 1_000_000)
    assert len(kept) == 1
    for number in range(2 * MAX_ANSWERS):
        kept.store("one", number, None)
    assert len(kept) == MAX_ANSWERS
    assert kept.find("one", 2 * MAX_ANSWERS - 1) == (None,)
    assert kept.find("two", 2 * MAX_ANSWERS - 1) is None
    assert len(kept) == 0


def test_the_weight_of_an_answer_counts_what_it_refers_to_once() -> None:
    text = "文" * 10_000
    assert estimate_size((text, text)) < 1.5 * estimate_size((text,))
    assert estimate_size([{"a": (text,)}, {"b": "段" * 10_000}]) > 1.9 * estimate_size(text)


def test_a_page_waits_for_a_short_while_by_default(tmp_path: Path) -> None:
    from reportsearch.web.settings import Settings

    assert 1 <= Settings(index=tmp_path).wait_seconds <= 2
    assert settings_of(tmp_path).wait_seconds > 2


def test_more_questions_than_can_wait_are_refused_and_the_same_one_shares_its_job() -> None:
    release = threading.Event()
    worker = Worker("work", max_waiting=1)
    running = worker.submit("a", release.wait)
    waiting = worker.submit("b", release.wait)
    assert worker.submit("b", release.wait) is waiting
    with pytest.raises(BusyError, match="try again"):
        worker.submit("c", release.wait)
    release.set()
    assert worker.wait(running, None)
    assert worker.wait(waiting, None)
    worker.close()


def test_what_nobody_waits_for_is_dropped_before_it_starts() -> None:
    release, gone = threading.Event(), threading.Event()
    begun: list[str] = []
    worker = Worker("work")
    running = worker.submit("a", release.wait)
    abandoned = worker.submit("b", lambda: begun.append("b"))
    gone.set()
    with pytest.raises(JobCancelledError):
        worker.wait(abandoned, None, gone)
    release.set()
    assert worker.wait(running, None)
    assert worker.wait(worker.submit("c", lambda: begun.append("c")), None) is None
    assert begun == ["c"]
    worker.close()
