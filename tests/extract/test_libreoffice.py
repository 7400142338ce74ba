from __future__ import annotations

import http.server
import io
import os
import subprocess
import threading
import time
import zipfile
from pathlib import Path

import docx
import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract import containers, libreoffice

_SHAPE = r"\fi-420\li420"
_RTF = rf"""{{\rtf1\ansi\ansicpg936\uc2\deff0{{\fonttbl{{\f0\fnil\fcharset134 SimSun;}}}}
{{\*\listtable{{\list\listtemplateid1
{{\listlevel\levelnfc39\leveljc0\levelstartat1\levelfollow2
{{\leveltext \'02\'00\u12289\'a1\'a2;}}{{\levelnumbers\'01;}}{_SHAPE}}}
{{\listlevel\levelnfc39\leveljc0\levelstartat1\levelfollow2
{{\leveltext \'03\u65288\'a3\'a8\'01\u65289\'a3\'a9;}}{{\levelnumbers\'02;}}{_SHAPE}}}\listid7}}}}
{{\*\listoverridetable{{\listoverride\listid7\listoverridecount0\ls1}}}}
{{\header\pard TOP\par}}{{\footer\pard \chpgn\par}}
\pard TITLE\par
{{\listtext\pard\plain\u19968\'d2\'bb\u12289\'a1\'a2\tab}}\pard\ls1\ilvl0 FIRST\par
{{\listtext\pard\plain\u65288\'a3\'a8\u19968\'d2\'bb\u65289\'a3\'a9\tab}}\pard\ls1\ilvl1 CHECKS\par
\pard DONE{{\super\chftn}}{{\footnote\pard NOTE\par}}{{\deleted GONE}}{{\revised\revauth0 ADDED}}\par
\trowd\cellx2000\cellx4000\pard\intbl KIND\cell COUNT\cell\row
\trowd\cellx2000\cellx4000\pard\intbl MINES\cell 46\cell\row
{{\listtext\pard\plain\u20108\'b6\'fe\u12289\'a1\'a2\tab}}\pard\ls1\ilvl0 SECOND\par
}}"""
_WORDS = {
    "TITLE": "应急管理局局长述职报告",
    "FIRST": "履行职责",
    "CHECKS": "安全监管",
    "DONE": "检查企业412家次。",
    "GONE": "删去的话",
    "ADDED": "加上的话",
    "NOTE": "含抽查",
    "KIND": "行业",
    "COUNT": "家次",
    "MINES": "矿山",
    "SECOND": "存在问题",
    "TOP": "页眉",
}


def _quoted(text: str) -> str:
    return "".join(chr(byte) if byte < 128 else f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def _rtf() -> bytes:
    made = _RTF
    for sign, words in _WORDS.items():
        made = made.replace(sign, _quoted(words))
    return made.encode("ascii")


def _odt(body: str) -> bytes:
    stream = io.BytesIO()
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'office:version="1.2"><office:body><office:text>{body}</office:text></office:body>'
            "</office:document-content>",
        )
    return stream.getvalue()


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all, as a reading process has it."""
    return tmp_path_factory.mktemp("报告 %20")


def _made(folder: Path, data: bytes, source: str, target: str) -> bytes:
    """Have LibreOffice make another type of file."""
    (folder / source).write_bytes(data)
    program = libreoffice.find_program()
    assert program is not None
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'office-profile').as_uri()}",
            *("--headless", "--convert-to", target, "--outdir", ".", source),
        ],
        cwd=folder,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    return (folder / source).with_suffix(f".{target}").read_bytes()


@pytest.mark.needs("LibreOffice")
class TestWithLibreOffice:
    def test_rtf_and_doc_come_out_as_word_files_do(self, folder: Path) -> None:
        old = _made(folder, _rtf(), "report.rtf", "doc")
        assert containers.detect_ole_kind(old) == "doc"
        for data, suffix in ((_rtf(), ".rtf"), (old, ".doc")):
            lines = _lines(libreoffice.read(data, suffix, folder))
            assert lines[:3] == ["应急管理局局长述职报告", "一、履行职责", "（一）安全监管"]
            assert lines[3].startswith("检查企业412家次。")
            assert "加上的话" in lines[3]
            assert "删去的话" not in lines[3]
            assert lines[4:7] == ["行业\t家次", "矿山\t46", "二、存在问题"]
            assert "页眉" not in "".join(lines)

    def test_nothing_is_fetched_and_no_linked_file_is_read(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        class Server(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                return

        secret = tmp_path / "secret.txt"
        secret.write_text("机密", encoding="utf-8")
        size = 'svg:width="3cm" svg:height="3cm"'
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            place = f"http://127.0.0.1:{server.server_port}"
            monkeypatch.setenv("http_proxy", place)
            text = libreoffice.read(
                _odt(
                    f"<text:p>述职报告<draw:frame {size}>"
                    f'<draw:image xlink:href="{place}/a.png" xlink:actuate="onLoad"/></draw:frame>'
                    f'<draw:frame {size}><draw:object xlink:href="{place}/b.odt" '
                    f'xlink:actuate="onLoad"/></draw:frame></text:p>'
                    f'<text:section text:name="a"><text:section-source '
                    f'xlink:href="{secret.as_uri()}"/><text:p>总结</text:p></text:section>'
                ),
                ".odt",
                folder,
            )
            server.shutdown()
        assert _lines(text) == ["述职报告", "总结"]
        assert asked == []

    def test_noise_behind_the_first_bytes_is_refused(self, folder: Path) -> None:
        noise = bytes(range(256)) * 20
        with pytest.raises(ExtractError, match="cannot open it: it is damaged"):
            libreoffice.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise, ".doc", folder)

    def test_nothing_is_left_but_the_profile(self, folder: Path) -> None:
        assert not [*folder.glob("office-*/report.*")]
        assert (folder / "office-profile").is_dir()


@pytest.fixture
def word(tmp_path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("述职报告")
    made.save(str(tmp_path / "word.docx"))
    return tmp_path / "word.docx"


class TestWithAProgramThatIsNot:
    """A script in the place of LibreOffice: what becomes of its failures."""

    program: Path

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program = tmp_path / "soffice"
        monkeypatch.setenv("REPORTSEARCH_SOFFICE", str(self.program))

    def _does(self, *commands: str) -> None:
        self.program.write_text("\n".join(["#!/bin/sh", *commands, ""]), encoding="utf-8")
        self.program.chmod(0o755)

    def test_without_it_the_message_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(ExtractError, match="in WPS or Word, or install LibreOffice"):
            libreoffice.read(b"", ".doc", tmp_path)

    def test_one_that_hangs_is_ended_with_all_it_started(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._does(f"sleep 600 & echo $! > {tmp_path}/pid", "wait")
        monkeypatch.setattr(libreoffice, "TIMEOUT_SECONDS", 0.5)
        started = time.perf_counter()
        with pytest.raises(ExtractError, match="did not finish within"):
            libreoffice.read(b"x", ".rtf", tmp_path)
        assert time.perf_counter() - started < 5
        child = int((tmp_path / "pid").read_text())
        for _ in range(50):
            if not _lives(child):
                break
            time.sleep(0.05)
        assert not _lives(child)
        assert not (tmp_path / "office-profile").exists()
        assert not [*tmp_path.glob("office-*")]

    def test_success_is_a_file_whatever_the_exit_code_says(
        self, tmp_path: Path, word: Path
    ) -> None:
        self._does("exit 0")
        with pytest.raises(ExtractError, match="cannot open it"):
            libreoffice.read(b"x", ".rtf", tmp_path)
        self._does("mkdir docx", "touch docx/report.docx")
        with pytest.raises(ExtractError, match="cannot open it"):
            libreoffice.read(b"x", ".rtf", tmp_path)
        self._does("mkdir docx", f"cp {word} docx/report.docx", "exit 3")
        assert libreoffice.read(b"x", ".rtf", tmp_path) == "述职报告"

    def test_a_broken_profile_is_made_anew_once(self, tmp_path: Path, word: Path) -> None:
        profile = tmp_path / "office-profile"
        works = ("mkdir -p docx", f"cp {word} docx/report.docx")
        self._does(f"echo >> {tmp_path}/calls", f"test ! -e {profile}/broken || exit 77", *works)
        profile.mkdir()
        (profile / "broken").touch()
        assert libreoffice.read(b"x", ".rtf", tmp_path) == "述职报告"
        assert (tmp_path / "calls").read_text() == "\n\n"
        self._does(f"echo >> {tmp_path}/calls", "exit 77")
        with pytest.raises(ExtractError, match="cannot open it"):
            libreoffice.read(b"x", ".rtf", tmp_path)
        assert (tmp_path / "calls").read_text() == "\n" * 4

    def test_it_gets_no_input_no_proxy_and_the_settings_of_the_project(
        self, tmp_path: Path, word: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTPS_PROXY", "http://somewhere.example")
        self._does(
            f"cat > {tmp_path}/input",
            f"env > {tmp_path}/environment",
            f"cp {tmp_path}/office-profile/user/registrymodifications.xcu {tmp_path}/settings",
            f'echo "$@" > {tmp_path}/arguments',
            f"mkdir docx; cp {word} docx/report.docx",
        )
        libreoffice.read(b"1Table".decode().encode("utf-16-le"), ".doc", tmp_path)
        assert (tmp_path / "input").read_text() == ""
        environment = (tmp_path / "environment").read_text()
        assert "somewhere" not in environment
        assert f"HOME={tmp_path}/office-profile" in environment
        settings = (tmp_path / "settings").read_text()
        assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in settings
        assert '"MacroSecurityLevel" oor:op="fuse"><value>3' in settings
        assert "--infilter=MS Word 97" in (tmp_path / "arguments").read_text()
        libreoffice.read(b"x", ".doc", tmp_path)
        assert "--infilter=MS Word 95" in (tmp_path / "arguments").read_text()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that nobody has waited for is dead, too.
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().split()[2] != "Z"


def test_numbers_are_taken_as_they_were_shown() -> None:
    labelled = libreoffice._insert_labels(
        rb"{\rtf1{\listtext\f0 1.\tab}\pard\ls12\ilvl0 a\lsdstat}"
    )
    assert labelled == rb"{\rtf1{\f0 1.{\uc0\u-4081 }}\pard\ilvl0 a\lsdstat}"
    without = rb"{\rtf1\pard\ls1\ilvl0 a}"
    assert libreoffice._insert_labels(without) == without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、\uf00f履职\n1.\uf00f检查", "一、履职\n1. 检查"),
        ("1.\uf00e检查\n第一条\uf00e总则", "1.检查\n第一条 总则"),
        ("\uf0b7\uf00f检查\t2\uf00f\t3\uf00f", "• 检查\t2\t3"),
    ],
)
def test_what_stands_between_a_number_and_its_text(text: str, expected: str) -> None:
    assert libreoffice._replace_gaps(text) == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_text_that_was_taken_for_western_is_read_anew(encoding: str) -> None:
    text = "乙市交通运输局局长述职报告\n一、公路建设"
    taken = "".join(
        (bytes([byte]).decode("cp1252", "ignore") or chr(0xF100 + byte))
        for byte in text.encode(encoding)
    )
    assert libreoffice._check_text(taken) == text


@pytest.mark.parametrize(
    "text", ["", "述职报告\t1", "Le maire a présenté son rapport d’activité « 2023 ».", "述职报告"]
)
def test_what_is_text_stays_as_it_is(text: str) -> None:
    assert libreoffice._check_text(text) == text


@pytest.mark.parametrize("text", ["\x01\x02\x03述", "\ufffd" * 9, "1234-5", "Ê öÖ¿÷Ö°\xb1\xa8þ"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ExtractError, match="not text"):
        libreoffice._check_text(text)
