from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from scripts.test_tools import (
    find_chromium,
    find_libreoffice,
    find_missing_tools,
)

from reportsearch import Archive, lexicon
from reportsearch.lexicon import Lexicon
from reportsearch.tokenizer import Tokenizer

# As the program has it; here for the processes that tests start, too. NumPy reads it when it is
# first imported, which nothing above does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# The command line speaks English unless a test asks for another language.
os.environ["LANGUAGE"] = "en"
# No clock decides whether a test passes; where more examples are worth their time a test says so.
settings.register_profile("reportsearch", deadline=None, max_examples=25)
settings.load_profile("reportsearch")

PROJECT = Path(__file__).parents[1]
CORPUS = PROJECT / "corpus"
MISSING_TOOLS = frozenset(tool.name for tool in find_missing_tools())
_TOOL_OF_FIXTURE = {"browser": "Chromium", "office": "LibreOffice"}
_LEFT_OUT = "needs "
"""How the reason begins for which a test is left out."""


def pytest_report_header() -> str | None:
    """Name the programs and fonts that are missing, and how to get them."""
    if not MISSING_TOOLS:
        return None
    return f"not installed: {', '.join(sorted(MISSING_TOOLS))}; make tools installs what is missing"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the tests whose fixtures, or marks, need what is missing."""
    for item in items:
        needed = {name for mark in item.iter_markers("needs") for name in mark.args}
        fixtures = getattr(item, "fixturenames", ())
        needed |= {_TOOL_OF_FIXTURE[name] for name in fixtures if name in _TOOL_OF_FIXTURE}
        if missing := needed & MISSING_TOOLS:
            item.add_marker(pytest.mark.skip(reason=_LEFT_OUT + ", ".join(sorted(missing))))


def _count_left_out(config: pytest.Config) -> int:
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    return sum(_LEFT_OUT in str(report.longrepr) for report in skipped)


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    """Say how many tests were left out, and why."""
    if number := _count_left_out(config):
        missing = ", ".join(sorted(MISSING_TOOLS))
        terminalreporter.write_line(f"{number} tests were left out: {missing} not installed")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where CI leaves tests out."""
    if os.environ.get("CI") and _count_left_out(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what lives as long as the run: word lists, modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one for all, since a process can drive it only once at a time."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


def clean(tab: Page) -> Page:
    """Leave nothing in a tab of the test before, but its history and the files it has fetched."""
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.context.clear_permissions()
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.emulate_media(media="null", color_scheme="light")
    # Where the pointer stays, something is shown as pointed at.
    tab.mouse.move(0, 0)
    return tab


# A new tab starts a process, which takes more of the processor than most tests do with the page.
@pytest.fixture(scope="session")
def tab_of_all(browser: Browser) -> Page:
    return browser.new_page()


@pytest.fixture(scope="session")
def tab_without_scripts_of_all(browser: Browser) -> Page:
    return browser.new_page(java_script_enabled=False)


@pytest.fixture
def tab(tab_of_all: Page) -> Page:
    """An empty tab; listeners of tests before still hear what happens in it."""
    return clean(tab_of_all)


@pytest.fixture
def tab_without_scripts(tab_without_scripts_of_all: Page) -> Page:
    """An empty tab that runs no scripts of pages."""
    return clean(tab_without_scripts_of_all)


@pytest.fixture(scope="session")
def office() -> str:
    """The path of LibreOffice."""
    path = find_libreoffice()
    assert path
    return path


@pytest.fixture(scope="session")
def words() -> Lexicon:
    return lexicon.load()


@pytest.fixture(scope="session")
def tokenizer(words: Lexicon) -> Tokenizer:
    return Tokenizer(words)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Make a folder of reports from file names and texts."""

    def make(texts: dict[str, str]) -> Path:
        root = tmp_path / "reports"
        for name, text in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        root.mkdir(exist_ok=True)
        return root

    return make


@pytest.fixture(scope="session")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the corpus that ships, and its index; one for all workers, to be read only."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if worker else base) / "shipped"
    try:
        place.mkdir()
    except FileExistsError:
        end = time.monotonic() + 120
        while not (place / "ready").exists():
            assert time.monotonic() < end, "another worker makes no index"
            time.sleep(0.1)
        return place
    shutil.copytree(CORPUS, place / "corpus")
    with Archive.create(place / "index") as archive:
        archive.index(place / "corpus")
    (place / "ready").touch()
    return place


@pytest.fixture(scope="session")
def shipped_index(shipped_folder: Path) -> Path:
    return shipped_folder / "index"


@pytest.fixture(scope="session")
def shipped_archive(shipped_index: Path) -> Iterator[Archive]:
    """That index, open; what is derived from it is computed once. To be read only."""
    with Archive.open(shipped_index) as archive:
        yield archive


@pytest.fixture(scope="session")
def shipped_memory() -> Archive:
    """The corpus that ships, in memory; to be read only."""
    archive = Archive.in_memory()
    archive.index([CORPUS])
    return archive


@pytest.fixture
def shipped_copy(shipped_index: Path, tmp_path: Path) -> Path:
    """A copy of that index, to be changed at will."""
    # Without what is derived: whether that is there depends on the tests before.
    derived = shutil.ignore_patterns("reportsearch-*")
    return Path(shutil.copytree(shipped_index, tmp_path / "index", ignore=derived))
