"""The real engine reads one page; everything else is tried on parts of it."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.pages import ocr, pdf
from reportsearch.extract.pages.layout import analyse_page, build_text
from reportsearch.extract.sandbox.pool import ReaderPool
from tests.conftest import PROJECT

GOLD = PROJECT / "tests" / "gold" / "files"
SCAN = (PROJECT / "tests" / "extract" / "files" / "scan.pdf").read_bytes()
# As few as can be read well: the fewer there are, the sooner it is read.
DOTS = 130


@pytest.fixture(scope="module", autouse=True)
def _sparing() -> Iterator[None]:
    """Coarse pictures, and one thread, since two wait for each other in a loop; no network."""

    def connect(*_: object) -> None:
        raise AssertionError("reading a scan must not need a network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(pdf, "_SCAN_DPI", DOTS)
        patch.setattr(ocr, "_THREADS", 1)
        ocr._load_engine.cache_clear()
        yield
    ocr._load_engine.cache_clear()


@pytest.fixture(scope="module")
def picture() -> Any:
    with pypdfium2.PdfDocument(SCAN) as document:
        return document[0].render(scale=DOTS / 72).to_numpy()[:, :, :3].copy()


def _text(picture: Any) -> str:
    return build_text([analyse_page(ocr.recognise_page(picture, DOTS))])


def test_a_scan_behind_a_page_of_text_is_read_in_a_reading_process() -> None:
    """At full size and with all threads: with its table, and without its page number."""
    with (
        pypdfium2.PdfDocument(GOLD / "p07_text_plus_scan.pdf") as first,
        pypdfium2.PdfDocument(SCAN) as second,
        pypdfium2.PdfDocument.new() as both,
    ):
        both.import_pages(first, [0])
        both.import_pages(second)
        made = io.BytesIO()
        both.save(made)
    with ReaderPool(1) as pool:
        reading = pool.submit(file_types.detect_kind(made.getvalue(), "a.pdf"), made.getvalue())
        found = reading.future.result()
    assert found.reader == "pdf-ocr"
    assert reading.page == (2, 2)
    beginning = (GOLD / "p07_text_plus_scan.pdf.gold.txt").read_text(encoding="utf-8")
    lines = found.text.split("\n")
    assert lines[:5] == [line for line in beginning.split("\n") if line][:5]
    assert lines[-6:] == [
        "庚镇镇长2020年度述职报告",
        "大年初二起，全镇设卡41处，党员干部轮流值守。我在高速路口守了19天，登记过往车辆2300多台，没有发生一例病例。",
        "补种秋粮3200亩，见下表：",
        "村名\t补种面积\t资金",
        "东岗村\t1800亩\t46万元",
        "谢谢大家。",
    ]


def test_a_page_that_does_not_stand_upright_is_turned(picture: Any) -> None:
    part = picture[90:300, 435:645]  # square: a narrow one is enlarged before it is read
    upright = _text(part)
    assert "党员" in upright
    for turn in (1, 2):
        assert _text(np.ascontiguousarray(np.rot90(part, turn))) == upright


def test_a_page_that_lies_askew_is_levelled(
    picture: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    import cv2

    height, width = picture.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), 2.0, 1.0)
    askew = cv2.warpAffine(picture, move, (width, height), borderValue=(255, 255, 255))
    assert "东岗村\t1800亩\t46万元" in _text(askew)
    assert "".join(capfd.readouterr()) == ""


def test_a_scan_without_any_text_is_refused() -> None:
    # The picture of scan.pdf is packed: what is left of it unpacks to nothing, a blank page.
    start = SCAN.index(b"stream\n", SCAN.index(b"/FlateDecode")) + 7
    end = SCAN.rindex(b"\nendstream")
    blank = SCAN[:start] + bytes(end - start) + SCAN[end:]
    with pytest.raises(ExtractError, match=r"no readable text"):
        pdf.read(blank, lambda *_: None)
