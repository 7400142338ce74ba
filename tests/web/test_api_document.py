"""The interface for programs does what its own document says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from scripts.make_api_reference import PLACE, reference
from starlette.applications import Starlette

from reportsearch import Archive
from reportsearch.web.api import operations
from reportsearch.web.api.operation import Operation
from reportsearch.web.app import create_app
from reportsearch.web.archive_service import key_of
from tests.web.conftest import PROJECT, settings_of

REPORTS = ("甲县副县长2021年度述职报告.txt", "甲县副县长2022年度述职报告.txt")
KEYS = [key_of(name) for name in REPORTS]
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "key": st.sampled_from(KEYS),
    "report": st.sampled_from(KEYS),
    "previous": st.just(KEYS[0]),
    "number": st.integers(1, 30),
    "passage": st.integers(1, 30),
    "q": st.sampled_from(["招商引资", "项目 OR 群众", "year:2021", '"工作"', "没有这样的话"]),
    "where": st.lists(
        st.sampled_from(["year=2021..2023", "portfolio=文旅", "level=县"]), min_size=1, max_size=2
    ),
    "values": st.just([]),
    "term": st.lists(st.sampled_from(["招商引资", "项目", "没有这样的话"]), min_size=1, max_size=2),
    "topics": st.just(4),
    "portfolio": st.sampled_from(["文旅", "教育", "农业农村"]),
    "set": st.sampled_from(["region=乙县", "year=2020", "level="]),
    "text": st.sampled_from(["扎实推进招商引资工作，全年签约项目。", "群众", "\n"]),
}
"""What is found: of random texts hardly one is a query with an answer, or the key of a report."""
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "404"]
"""


@pytest.fixture(scope="module")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    """The page over two reports, under the name that schemathesis gives it."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "corpus").mkdir()
    for name in REPORTS:
        shutil.copy(PROJECT / "corpus" / name, folder / "corpus")
    with Archive.create(folder / "index") as archive:
        archive.index(folder / "corpus")
    app = create_app(settings_of(folder, host="testserver", port=80))
    yield app
    app.state.service.close()


@pytest.fixture(scope="module")
def document(small_app: Starlette) -> Any:
    load_all_checks()
    config = SchemathesisConfig.from_str(CONFIG)
    return schemathesis.openapi.from_asgi(operations.DOCUMENT, small_app, config=config)


@pytest.mark.parametrize("operation", operations.OPERATIONS, ids=lambda one: one.name)
def test_every_answer_is_as_the_document_says(document: Any, operation: Operation) -> None:
    described = document[operation.path]["GET"]
    found = 0

    @seed(8)
    @settings(
        max_examples=5,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described.as_strategy(), data=st.data())
    def asked(case: Any, data: st.DataObject) -> None:
        nonlocal found
        if data.draw(st.integers(0, 3), label="likely"):
            for given_ in (case.query, case.path_parameters):
                for name in (name for name in LIKELY if name in given_):
                    value = data.draw(LIKELY[name], label=name)
                    is_list = isinstance(given_[name], list) and not isinstance(value, list)
                    given_[name] = [value] if is_list else value
        answer = case.call_and_validate()
        found += answer.status_code == 200

    asked()
    assert found


def test_the_reference_is_that_of_the_table() -> None:
    assert PLACE.read_text(encoding="utf-8") == reference(), "run make docs"
