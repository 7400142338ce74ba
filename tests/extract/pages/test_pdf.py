from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Sequence
from typing import Any

import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract.pages import ocr, pdf
from reportsearch.extract.pages.layout import LayoutPage
from tests.conftest import PROJECT

SCAN = (PROJECT / "tests" / "extract" / "files" / "scan.pdf").read_bytes()
WIDTH, HEIGHT = 600, 800


def _stream(data: bytes, head: str = "") -> bytes:
    return f"<<{head}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _font(text: str, first: int) -> list[bytes]:
    """The objects of a font with these characters under the codes from 1 on, drawn as boxes.

    Latin ones are half as wide as the others.
    """
    codes = range(1, len(text) + 1)
    mapped = "\n".join(
        f"<{code:02X}> <{char.encode('utf-16-be').hex()}>"
        for code, char in zip(codes, text, strict=True)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(text)} beginbfchar\n{mapped}\nendbfchar endcmap end end"
    )
    widths = [500 if char < "\u0100" else 1000 for char in text]
    drawn = "".join(
        f"/g{code} {first + (1 if width == 500 else 2)} 0 R"
        for code, width in zip(codes, widths, strict=True)
    )
    return [
        (
            "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 -140 1000 860]"
            f"/FirstChar 1/LastChar {len(text)}/Widths[{' '.join(map(str, widths))}]"
            f"/Encoding<</Differences[1 {' '.join(f'/g{code}' for code in codes)}]>>"
            f"/CharProcs<<{drawn}>>/ToUnicode {first + 3} 0 R/Resources<<>>>>"
        ).encode(),
        _stream(b"500 0 0 -140 500 860 d1 0 -140 500 1000 re f"),
        _stream(b"1000 0 0 -140 1000 860 d1 0 -140 1000 1000 re f"),
        _stream(cmap.encode()),
    ]


def _pdf(
    *contents: str,
    page: str = f"/MediaBox[0 0 {WIDTH} {HEIGHT}]",
    objects: Sequence[bytes] = (),
) -> bytes:
    """A PDF with these pages. What is to be shown stands in 《》, as :func:`_text` writes it.

    ``objects`` are numbered from 7 on; X is the first of them.
    """
    shown = "".join(sorted(set("".join(re.findall("《(.*?)》", "".join(contents))))))
    kids = range(7 + len(objects), 7 + len(objects) + 2 * len(contents), 2)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode(),
        *_font(shown, 3),
        *objects,
    ]
    inside = "/XObject<</X 7 0 R>>" if objects else ""
    for kid, content in zip(kids, contents, strict=True):
        coded = re.sub(
            "《(.*?)》",
            lambda found: f"<{''.join(f'{shown.index(char) + 1:02X}' for char in found[1])}>",
            content,
        )
        head = f"<</Type/Page/Parent 2 0 R{page}/Resources<</Font<</F 3 0 R>>{inside}>>"
        bodies += [f"{head}/Contents {kid + 1} 0 R>>".encode(), _stream(coded.encode())]
    made = b"%PDF-1.7\n"
    table = b""
    for number, body in enumerate(bodies, 1):
        table += b"%010d 00000 n \n" % len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(bodies) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    start = made.rindex(b"xref\n")
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def _text(text: str, x: float = 60, y: float = 600, matrix: str = "1 0 0 1", mode: int = 0) -> str:
    """Text of 16 points; y goes up."""
    return f"BT /F 16 Tf {mode} Tr {matrix} {x} {y} Tm 《{text}》 Tj ET\n"


PICTURE = _stream(bytes(8), "/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray"
                  "/BitsPerComponent 1")  # fmt: skip
FULL_PAGE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /X Do Q\n"

REPORT = "各位代表，我向大会报告一年来的工作，请予审议，请提出意见。" * 2


def _lines(data: bytes) -> list[str]:
    return pdf.read(data, lambda *_: None)[0].split("\n")


def _reason(data: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        pdf.read(data, lambda *_: None)
    message = str(caught.value)
    assert "\n" not in message
    return message


# Text


def test_the_text_of_a_pdf_comes_with_its_pages_counted() -> None:
    seen: list[tuple[int, int]] = []
    data = _pdf(_text("述职报告"), _text("谢谢大家。"))
    assert pdf.read(data, lambda *page: seen.append(page)) == ("述职报告\n谢谢大家。", False)
    assert seen == [(1, 2), (2, 2)]


def test_latin_digits_and_full_width_spaces_are_kept() -> None:
    assert _lines(_pdf(_text("　　于2023年　完成PM2.5指标"))) == ["　　于2023年　完成PM2.5指标"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_for_viewing_is_read(turn: int) -> None:
    data = _pdf(
        _text("述职报告") + _text("一、工作", y=560),
        page=f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {turn}",
    )
    assert _lines(data) == ["述职报告", "一、工作"]


@pytest.mark.parametrize(
    ("matrix", "x", "y"),
    [("0 1 -1 0", 40, 0), ("-1 0 0 -1", 0, 40), ("0 -1 1 0", -40, 0)],
)
def test_a_page_written_sideways_or_upside_down_is_read(matrix: str, x: int, y: int) -> None:
    data = _pdf(
        _text(REPORT[:14], 300, 400, matrix) + _text(REPORT[14:20], 300 + x, 400 + y, matrix)
    )
    assert _lines(data) == [REPORT[:20]]


def test_a_page_whose_corner_is_not_at_nought_is_read() -> None:
    box = "/MediaBox[-100 -200 500 600]/CropBox[-50 -150 450 550]"
    data = _pdf(_text("述职报告", x=10, y=300) + _text("— 1 —", x=150, y=-130), page=box)
    assert _lines(data) == ["述职报告"]


def test_what_lies_beyond_the_paper_is_not_read() -> None:
    assert _lines(_pdf(_text("述职报告") + _text("草稿", x=900))) == ["述职报告"]


def test_a_watermark_across_the_page_is_not_read() -> None:
    data = _pdf(_text(REPORT[:29]) + _text("内部资料严禁外传", 200, 300, "0.7 0.7 -0.7 0.7"))
    assert _lines(data) == [REPORT[:29]]


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    assert _lines(_pdf(_text("⼀年⼯作"))) == ["一年工作"]


def test_signs_of_wingdings_are_left_out() -> None:
    assert _lines(_pdf(_text("\uf0b7 主要工作"))) == ["主要工作"]


def test_the_hidden_text_of_a_scan_that_has_been_read_is_taken() -> None:
    hidden = _text(REPORT[:29], mode=3) + _text("谢谢大家。", x=92, y=500, mode=3)
    assert _lines(_pdf(FULL_PAGE + hidden, objects=[PICTURE])) == [REPORT[:29], "谢谢大家。"]


def test_a_table_is_found_by_the_lines_drawn_around_its_cells() -> None:
    strokes = "".join(f"60 {y} m 300 {y} l S\n" for y in (500, 530, 560))
    strokes += "".join(f"{x} 500 m {x} 560 l S\n" for x in (60, 180, 300))
    thin = "".join(f"60 {y} 240 0.5 re f\n" for y in (500, 530, 560))
    thin += "".join(f"{x} 500 0.5 60 re f\n" for x in (60, 180, 300))
    boxes = "".join(f"{x} {y} 120 30 re S\n" for x in (60, 180) for y in (500, 530))
    words = [("村名", 66, 540), ("资金", 186, 540), ("东岗村", 66, 510), ("46万元", 186, 510)]
    text = "".join(_text(word, x, y) for word, x, y in words)
    for drawn in (strokes, thin, boxes, f"q 2 0 0 2 0 0 cm q .5 0 0 .5 0 0 cm {thin} Q Q\n"):
        assert _lines(_pdf(drawn + text)) == ["村名\t资金", "东岗村\t46万元"]


def test_lines_drawn_inside_a_form_are_found() -> None:
    drawn = "".join(f"0 {y} m 240 {y} l S\n" for y in (0, 30, 60))
    drawn += "".join(f"{x} 0 m {x} 60 l S\n" for x in (0, 120, 240))
    form = _stream(drawn.encode(), "/Type/XObject/Subtype/Form/BBox[-1 -1 241 61]")
    text = _text("村名", 66, 540) + _text("资金", 186, 540) + _text("东岗村", 66, 510)
    data = _pdf("q 1 0 0 1 60 500 cm /X Do Q\n" + text, objects=[form])
    assert _lines(data) == ["村名\t资金", "东岗村\t"]


# Scans


@pytest.fixture
def read_pages(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, float]]:
    """In place of OCR: the shape of each picture and its dots per inch."""
    seen: list[tuple[Any, float]] = []

    def read(picture: Any, dots: float, alive: Any) -> LayoutPage:
        alive()
        seen.append((picture.shape, dots))
        return LayoutPage(100, 100, [], scanned=True)

    monkeypatch.setattr(ocr, "recognise_page", read)
    return seen


def test_a_page_that_is_a_picture_is_a_scan(read_pages: list[tuple[Any, float]]) -> None:
    data = _pdf(_text(REPORT[:29]), FULL_PAGE, _text("谢谢大家。", x=92), objects=[PICTURE])
    text, was_scanned = pdf.read(data, lambda *_: None)
    assert (text.split("\n"), was_scanned) == ([REPORT[:29], "谢谢大家。"], True)
    ((height, width, colours), dots) = read_pages[0]
    assert (round(72 * height / dots), round(72 * width / dots), colours) == (HEIGHT, WIDTH, 3)
    assert dots == 200


def test_a_picture_beside_text_makes_no_scan(read_pages: list[tuple[Any, float]]) -> None:
    small = "q 200 0 0 200 100 100 cm /X Do Q\n"
    assert not pdf.read(_pdf(small + _text("封面"), objects=[PICTURE]), lambda *_: None)[1]
    many = "".join(_text(REPORT[:29], y=600 - 30 * i) for i in range(3))
    assert not pdf.read(_pdf(FULL_PAGE + many, objects=[PICTURE]), lambda *_: None)[1]
    assert read_pages == []


def test_a_page_whose_characters_cannot_be_told_is_read_as_a_picture(
    read_pages: list[tuple[Any, float]],
) -> None:
    for char in "\ue123\ufffd":
        with pytest.raises(ExtractError, match="no readable text"):
            pdf.read(_pdf(_text("述职" + char * 40)), lambda *_: None)
    assert len(read_pages) == 2


def test_a_rare_character_without_a_code_of_its_own_is_kept() -> None:
    assert _lines(_pdf(_text("张\ue123镇长"))) == ["张\ue123镇长"]


def test_the_pictures_of_a_huge_page_are_bounded(read_pages: list[tuple[Any, float]]) -> None:
    for box in ("0 0 14400 14400", "0 0 14400 3", "0 0 2 14400"):
        numbers = box.split()
        full = f"q {numbers[2]} 0 0 {numbers[3]} 0 0 cm /X Do Q\n"
        _reason(_pdf(full, page=f"/MediaBox[{box}]", objects=[PICTURE]))
    for (height, width, _), _ in read_pages:
        assert height * width <= 13_000_000
        assert max(height, width) <= 10_001


def test_without_the_extra_a_scan_is_refused_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    reason = _reason(_pdf(_text(REPORT[:29]), FULL_PAGE, objects=[PICTURE]))
    assert "page 2 of 2" in reason
    assert "pip install 'reportsearch[ocr]'" in reason


def test_an_empty_page_is_no_scan() -> None:
    assert pdf.read(_pdf("", _text("谢谢大家。"), ""), lambda *_: None) == ("谢谢大家。", False)


# Files that cannot be read


def test_a_file_that_is_no_pdf_or_a_cut_one_is_refused() -> None:
    whole = _pdf(_text(REPORT[:29]))
    for data in (b"", b"%PDF-1.7\n", whole[: len(whole) // 2], whole[:-60], b"x" * 9000):
        assert "damaged or was not fully downloaded" in _reason(data)


def test_a_pdf_without_pages_is_refused() -> None:
    assert _reason(_pdf())


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert "3 pages, over the limit of 2" in _reason(_pdf("", "", ""))


def test_a_password_is_asked_for_only_where_one_is_needed_to_read() -> None:
    # Made with pikepdf, the one with a password for reading, the other with an owner's alone.
    folder = PROJECT / "tests" / "extract" / "files"
    assert "password" in _reason((folder / "password.pdf").read_bytes())
    assert _lines((folder / "owner-password.pdf").read_bytes()) == ["述职报告"]


def test_a_damaged_file_is_not_taken_for_a_locked_one_that_was_read_before() -> None:
    locked = (PROJECT / "tests" / "extract" / "files" / "password.pdf").read_bytes()
    assert "password" in _reason(locked)
    assert "damaged" in _reason(_pdf("").replace(b"/Pages", b"/Pagex"))


def test_a_page_with_far_too_many_characters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MAX_PAGE_CHARACTERS", 20)
    assert "remove it" in _reason(_pdf(_text(REPORT[:29])))


def test_of_far_too_many_drawn_things_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MAX_OBJECTS", 50)
    drawn = "".join(f"60 {y} m 300 {y} l S\n" for y in range(100, 700, 2))
    assert _lines(_pdf(drawn + _text(REPORT[:29]))) == [REPORT[:29]]


def test_a_form_that_holds_itself_comes_to_an_end() -> None:
    form = _stream(
        b"/X Do 0 0 m 9 0 l S",
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>",
    )
    assert _lines(_pdf("/X Do\n" + _text("述职报告"), objects=[form])) == ["述职报告"]


def test_mangled_files_are_read_or_refused() -> None:
    """None makes the library crash or hang, or raise something else than what is foreseen."""
    whole = _pdf(_text(REPORT[:29]) + "60 60 m 90 60 l S\n", _text("谢谢大家。"))
    chance = random.Random(4)
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(ExtractError):
            pdf.read(bytes(data), lambda *_: None)
