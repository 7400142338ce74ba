from __future__ import annotations

import base64
import contextlib
import quopri
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.errors import ExtractError
from reportsearch.extract.html.mht import read

PAGE = "<html><body><h1>述职报告</h1><p>一、工作情况</p></body></html>"
TEXT = "述职报告\n一、工作情况"


def _part(body: bytes, kind: str = "text/html", coding: str = "", more: str = "") -> bytes:
    encoded = {
        "": lambda: body,
        "base64": lambda: base64.encodebytes(body),
        "quoted-printable": lambda: quopri.encodestring(body),
    }[coding]()
    head = f"Content-Type: {kind}\r\n"
    head += f"Content-Transfer-Encoding: {coding}\r\n" if coding else ""
    return f"{head}{more}\r\n".encode() + encoded


def _mht(*parts: bytes, more: str = "", end: bytes = b"\r\n------B--\r\n") -> bytes:
    head = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E8=BF=B0?=\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html"{more};\r\n\tboundary="----B"\r\n\r\n'
    )
    return head.encode() + b"".join(b"\r\n------B\r\n" + part for part in parts) + end


@pytest.mark.parametrize("coding", ["", "base64", "quoted-printable"])
@pytest.mark.parametrize(
    ("kind", "codec"),
    [
        ("text/html", "utf-8"),
        ('text/html; charset="gb2312"', "gb18030"),
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html; charset=utf-8", "gb18030"),
        ("text/html; charset=unicode", "utf-16"),
        ("TEXT/HTML; charset=us-ascii", "gb18030"),
        ("application/xhtml+xml", "utf-8"),
    ],
)
def test_the_page_is_read_in_its_encoding_and_charset(coding: str, kind: str, codec: str) -> None:
    assert read(_mht(_part(PAGE.encode(codec), kind, coding))) == TEXT


def test_the_charset_in_the_page_counts_when_the_header_has_none() -> None:
    page = PAGE.replace("<body>", '<meta charset="big5"><body>').replace("述职报告", "述職報告")
    assert read(_mht(_part(page.replace("一、工作情况", "").encode("big5")))) == "述職報告"


def test_styles_pictures_and_the_header_file_of_word_are_left_out() -> None:
    others = [
        _part(b"p{color:red}", "text/css"),
        _part(b"GIF89a", "image/gif", "base64"),
        _part("<p>第1页</p>".encode(), more="Content-Location: header.htm\r\n"),
    ]
    assert read(_mht(_part(PAGE.encode()), *others)) == TEXT


def test_the_root_is_the_part_that_the_archive_starts_with() -> None:
    first = _part("<p>广告</p>".encode(), more="Content-ID: <frame@x>\r\n")
    root = _part(PAGE.encode(), more="Content-ID: <root@x>\r\n")
    assert read(_mht(first, root, more=';\r\n\tstart="<root@x>"')) == TEXT


def test_of_a_page_of_frames_the_frame_with_the_text_is_read() -> None:
    frames = _part(b"<frameset><frame src=a><frame src=b></frameset>")
    menu = _part("<p>首页</p>".encode())
    assert read(_mht(frames, menu, _part(PAGE.encode()))) == TEXT


def test_a_page_inside_nested_parts_is_read() -> None:
    inner = b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n' + _part(
        b"plain", "text/plain"
    )
    inner += b"\r\n--in\r\n" + _part(PAGE.encode()) + b"\r\n--in--\r\n"
    assert read(_mht(inner)) == TEXT


def test_a_mail_with_text_alone_is_read_by_lines() -> None:
    body = "一、工作\r\n二、问题".encode("gb18030")
    assert read(_mht(_part(body, "text/plain; charset=gb2312", "base64"))) == "一、工作\n二、问题"
    assert read(_part(body, "text/plain; charset=gb2312")) == "一、工作\n二、问题"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_a_page_with_a_header_and_no_parts_is_read(start: bytes) -> None:
    assert (
        read(start + _part(PAGE.encode(), "text/html; charset=utf-8", "quoted-printable")) == TEXT
    )


def test_an_archive_cut_short_is_read_as_far_as_it_goes() -> None:
    assert read(_mht(_part(PAGE.encode(), coding="base64"), end=b"")[:-9]).startswith("述职报告")


def test_line_ends_may_be_of_one_byte() -> None:
    assert read(_mht(_part(PAGE.encode())).replace(b"\r\n", b"\n")) == TEXT


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", _mht(), _mht(_part(b"GIF89a", "image/gif"))]
)
def test_an_archive_without_a_page_is_refused_with_the_remedy(data: bytes) -> None:
    with pytest.raises(ExtractError, match=r"the web archive contains no page.*Word"):
        read(data)


def test_an_archive_whose_page_has_no_text_is_refused() -> None:
    with pytest.raises(ExtractError, match="the web page contains no text"):
        read(_mht(_part(b"<p></p>")))


NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(20_000)
)


@pytest.mark.parametrize(
    "data",
    [
        NESTED,
        _mht(*[b"\r\n"] * 200_000),
        b"A: b\r\n" * 500_000,
        b"Content-Type: multipart/related; " + b"a*0=b; " * 500_000 + b"\r\n\r\nx",
        _mht(b"\r\n--" * 1_000_000),
    ],
)
def test_hostile_headers_and_parts_take_no_long_time(data: bytes) -> None:
    started = time.monotonic()
    with contextlib.suppress(ExtractError):
        read(data)
    assert time.monotonic() - started < 20


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_mht(_part(PAGE.encode("gb18030"), "text/html; charset=gb2312", "base64")))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=10)):
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ExtractError):
        read(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_of_base64_that_is_cut_short_all_that_is_whole_is_read() -> None:
    part = _part(PAGE.encode(), coding="base64").rstrip()
    assert read(_mht(part[:-3])).startswith("述职报告\n一、工作")
