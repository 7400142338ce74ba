"""Old Word files (.doc, WPS's .wps), .rtf and .odt, which LibreOffice converts to .docx.

They are not converted to text, because LibreOffice's text filter puts each cell of a table on a
separate line, omits footnotes but not their numbers ("死亡2人1"), and indents list items. A .docx
has all of a document's numbering, so :mod:`reportsearch.extract.docx.document` reads it like Word's
own files. The text filter was better for no file type.

The program runs with its own settings in its own profile, which is kept for the next file. It
neither reads nor changes the user's settings, runs no macros, fetches nothing and follows no links.
The import filter is named explicitly, so that LibreOffice does not take a damaged file for text in
some encoding and "convert" it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from reportsearch.errors import ExtractError, Message
from reportsearch.extract.docx import document

TIMEOUT_SECONDS = 50.0
"""Time limit of a conversion."""

_FAILED = Message(
    "LibreOffice cannot open it: it is damaged or has a password; open it in WPS or Word and save "
    "it as .docx without a password"
)
_NO_TEXT = Message(
    "its content is not text, so the file is damaged; get it again, or save it as .docx"
)

_FILTERS = {
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
}
_WORD_95 = "MS Word 95"
# The table stream, "0Table" or "1Table", exists since Word 97.
_TABLE_STREAM = "Table".encode("utf-16-le")

_USUAL_PATHS = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Save/Document", "CreateBackup", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Office.Update/Update", "Enabled", "false"),
    # All requests go to a proxy that does not exist.
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def read(data: bytes, suffix: str, folder: Path) -> str:
    """Return the text of a .doc, .rtf or .odt, according to ``suffix``.

    ``folder`` is for the files that LibreOffice writes. Raises ExtractError, also if LibreOffice is
    not installed.
    """
    program = find_program()
    if program is None:
        raise ExtractError(
            "reading {suffix} files requires LibreOffice, which was not found; save it as "
            ".docx in WPS or Word, or install LibreOffice",
            suffix=suffix,
        )
    work = Path(tempfile.mkdtemp(prefix="office-", dir=folder))
    try:
        converted = _convert_to_docx(program, data, suffix, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return _check_text(_replace_gaps(document.read(converted)))


def find_program() -> str | None:
    """Find LibreOffice by REPORTSEARCH_SOFFICE, else the search path, else the usual paths."""
    named = os.environ.get("REPORTSEARCH_SOFFICE")
    if named is not None:
        return shutil.which(named)
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    places = [*_USUAL_PATHS]
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if root := os.environ.get(variable):
            # The .com file runs without a window.
            places += [rf"{root}\LibreOffice\program\soffice.{end}" for end in ("com", "exe")]
    return next((place for place in places if Path(place).is_file()), None)


def _convert_to_docx(program: str, data: bytes, suffix: str, work: Path) -> bytes:
    """Convert a file to .docx, after recreating a profile that a killed run has broken."""
    reader = _FILTERS[suffix]
    if suffix == ".doc" and _TABLE_STREAM not in data:
        reader = _WORD_95
    source, result = work / f"report{suffix}", work / "docx" / "report.docx"
    source.write_bytes(_insert_labels(data) if suffix == ".rtf" else data)
    profile = work.parent / "office-profile"
    while True:
        known = profile.exists()
        ended_well = _run_libreoffice(program, reader, source, result, profile)
        if result.is_file() and (converted := result.read_bytes()):
            return converted
        if ended_well or not known:
            raise ExtractError(_FAILED)
        shutil.rmtree(profile, ignore_errors=True)


_LABEL = re.compile(rb"\{\\(?:list|pn)text\b([^{}]*)\}")
_LIST = re.compile(rb"\\ls\d+ ?")
_GAP, _UNCERTAIN_GAP = "\uf00f", "\uf00e"
"""Stand-ins for the tab after a label, which LibreOffice writes even if there is none."""
_NO_SPACE = re.compile(
    rf"(?<=[、）]){_GAP}|(?<!\w){_UNCERTAIN_GAP}|[{_GAP}{_UNCERTAIN_GAP}](?=[\t\n]|\Z)"
)
_BULLET = re.compile(rf"[\uf020-\uf0ff](?=[{_GAP}{_UNCERTAIN_GAP}])")
_BY_LIBREOFFICE = re.compile(rb"\{\\\*\\generator LibreOffice")


def _insert_labels(data: bytes) -> bytes:
    """Insert the automatic numbers of an .rtf as text, as its author saw them.

    Word, WPS and LibreOffice store these for programs that do not count. In contrast, list
    definitions lose "、" and "（）" in LibreOffice 7.4.
    """
    sign = _UNCERTAIN_GAP if _BY_LIBREOFFICE.search(data) else _GAP
    gap = rb"{\uc0\u%d }" % (ord(sign) - 0x10000)
    labelled, labels = _LABEL.subn(lambda m: b"{%s}" % m[1].replace(b"\\tab", gap), data)
    if not labels:
        return data
    return _LIST.sub(b"", labelled).replace(b"{\\*\\pn\\", b"{\\*\\nopn\\")


def _replace_gaps(text: str) -> str:
    """Remove the gap after a label in "、" or "）", or replace it with one space, as for .docx."""
    text = _NO_SPACE.sub("", _BULLET.sub("•", text))
    return text.replace(_GAP, " ").replace(_UNCERTAIN_GAP, " ")


def _run_libreoffice(program: str, reader: str, source: Path, result: Path, profile: Path) -> bool:
    """Run LibreOffice on one file; return whether it succeeded, which is not reliable."""
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_format_registry(), encoding="utf-8")
    home = profile / "home"
    home.mkdir(exist_ok=True)
    process = subprocess.Popen(  # noqa: S603
        [
            program,
            f"-env:UserInstallation={profile.resolve().as_uri()}",
            "--headless",
            "--invisible",
            "--norestore",
            "--nolockcheck",
            "--nologo",
            "--nodefault",
            "--nofirststartwizard",
            f"--infilter={reader}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            result.parent.name,
            source.name,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=source.parent,
        env=_build_environment(home, source.parent),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        return process.wait(TIMEOUT_SECONDS) == 0
    except subprocess.TimeoutExpired:
        _kill_tree(process)
        shutil.rmtree(profile, ignore_errors=True)
        raise ExtractError(
            "LibreOffice did not finish within {seconds:.0f} s; open it in WPS or Word and "
            "save it as .docx",
            seconds=TIMEOUT_SECONDS,
        ) from None
    except BaseException:
        _kill_tree(process)
        raise


def _build_environment(home: Path, temporary: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    if sys.platform == "win32":
        return kept | places
    # File names and the text of old .rtf files must not depend on the user's language.
    return kept | places | {"HOME": str(home), "LC_ALL": "C.UTF-8"}


def _format_registry() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its descendants, since soffice is a script that starts the program.

    It has no separate process group, but belongs to that of the reading process, and ends with it.
    """
    import psutil

    with contextlib.suppress(psutil.Error):
        root = psutil.Process(process.pid)
        for one in (root, *root.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                one.kill()
    process.kill()
    process.wait()


def _check_text(text: str) -> str:
    """Return a text, or raise ExtractError if it is the random characters of a damaged file.

    An .rtf that does not declare its encoding is read as Western text ("ÊöÖ°"), which is undone.
    """
    signs = [sign for sign in text if not sign.isspace()]
    if sum(map(_is_western, signs)) > len(signs) * _MAX_WESTERN_SHARE:
        text = _decode_misread(text)
        signs = [sign for sign in text if not sign.isspace()]
    strange = sum(
        unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs")
        or sign == "\N{REPLACEMENT CHARACTER}"
        for sign in signs
    )
    if strange > max(2, len(signs) // 25) or (signs and not any(map(str.isalpha, signs))):
        raise ExtractError(_NO_TEXT)
    return text


_MAX_WESTERN_SHARE = 0.4
"""A tenth of French text is above ASCII, but nearly all of misread Chinese text."""


def _is_western(sign: str) -> bool:
    return sign in _WESTERN


# Windows-1252 above ASCII. LibreOffice writes bytes that are undefined there as U+F1xx.
_WESTERN = {
    (bytes([byte]).decode("cp1252", "ignore") or chr(0xF100 + byte)): byte
    for byte in range(0x80, 0x100)
}


def _decode_misread(text: str) -> str:
    """Decode text that was misread as Windows-1252. Raises ExtractError if this fails."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return "\n".join(
                bytes(_WESTERN.get(sign) or ord(sign) for sign in line).decode(encoding)
                for line in text.split("\n")
            )
        except ValueError:
            continue
    raise ExtractError(_NO_TEXT)
