"""Old Word files (.doc, WPS's .wps), .rtf and .odt: LibreOffice makes .docx of them.

Why .docx and not text: LibreOffice's text filter puts each cell of a table on a line of its own,
leaves out the footnotes but not their numbers ("死亡2人1"), and indents the items of lists. With
all of a document's numbering in the .docx, :mod:`reportsearch.extract.docx.document` reads what
comes out as it reads Word's own files. For no type of file was the text filter better.

The program runs with settings of its own in a profile of its own, which stays for the next file:
nothing of the user's is read or changed, no macro is run, nothing is fetched, no link followed. A
filter is named, lest it take a damaged file for text in some encoding and "convert" it.
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
"""The most that one conversion may take."""

_FAILED = Message(
    "LibreOffice cannot open it: it is damaged or has a password; open it in WPS or Word and save "
    "it as .docx without a password"
)
_NO_TEXT = Message(
    "what is in it is not text: the file is damaged; get it again, or save it as .docx"
)

_FILTERS = {
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
}
_WORD_95 = "MS Word 95"
# The table stream, "0Table" or "1Table", came with Word 97.
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
    # All that would be fetched goes to a proxy that is not there.
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
    """The text of a .doc, .rtf or .odt, as ``suffix`` says.

    ``folder`` is for what LibreOffice writes. Raises ExtractError, also when it is not installed.
    """
    program = find_program()
    if program is None:
        raise ExtractError(
            "to read {suffix} files takes LibreOffice, and it was not found; save it as .docx in "
            "WPS or Word, or install LibreOffice",
            suffix=suffix,
        )
    work = Path(tempfile.mkdtemp(prefix="office-", dir=folder))
    try:
        converted = _convert_to_docx(program, data, suffix, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return _check_text(_replace_gaps(document.read(converted)))


def find_program() -> str | None:
    """Where LibreOffice is: REPORTSEARCH_SOFFICE, else the search path, else the usual places."""
    named = os.environ.get("REPORTSEARCH_SOFFICE")
    if named is not None:
        return shutil.which(named)
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    places = [*_USUAL_PATHS]
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if root := os.environ.get(variable):
            # The .com is the one that belongs to no window.
            places += [rf"{root}\LibreOffice\program\soffice.{end}" for end in ("com", "exe")]
    return next((place for place in places if Path(place).is_file()), None)


def _convert_to_docx(program: str, data: bytes, suffix: str, work: Path) -> bytes:
    """The file as .docx. A profile that a killed run has left broken is made anew, once."""
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
"""Stand where a label ended in a tab; LibreOffice writes one whether there is one or not."""
_NO_SPACE = re.compile(
    rf"(?<=[、）]){_GAP}|(?<!\w){_UNCERTAIN_GAP}|[{_GAP}{_UNCERTAIN_GAP}](?=[\t\n]|\Z)"
)
_BULLET = re.compile(rf"[\uf020-\uf0ff](?=[{_GAP}{_UNCERTAIN_GAP}])")
_BY_LIBREOFFICE = re.compile(rb"\{\\\*\\generator LibreOffice")


def _insert_labels(data: bytes) -> bytes:
    """An .rtf with its automatic numbers as text, as they were shown where it was written.

    Word, WPS and LibreOffice write each for programs that do not count. They are what the author
    saw, while the lists' definitions come out of LibreOffice 7.4 without "、" and "（）".
    """
    sign = _UNCERTAIN_GAP if _BY_LIBREOFFICE.search(data) else _GAP
    gap = rb"{\uc0\u%d }" % (ord(sign) - 0x10000)
    labelled, labels = _LABEL.subn(lambda m: b"{%s}" % m[1].replace(b"\\tab", gap), data)
    if not labels:
        return data
    return _LIST.sub(b"", labelled).replace(b"{\\*\\pn\\", b"{\\*\\nopn\\")


def _replace_gaps(text: str) -> str:
    """Between a label and the text: nothing after "、" or "）", else one space, as for .docx."""
    text = _NO_SPACE.sub("", _BULLET.sub("•", text))
    return text.replace(_GAP, " ").replace(_UNCERTAIN_GAP, " ")


def _run_libreoffice(program: str, reader: str, source: Path, result: Path, profile: Path) -> bool:
    """Start LibreOffice for one file; whether it ended without complaint, which says little."""
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
            "LibreOffice was not done with it within {seconds:.0f} s; open it in WPS or Word and "
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
    # Names of files and the text of old .rtf files are not to depend on the user's language.
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
    """End a process and all that it has started: soffice is a script that starts the program.

    It is no process group of its own: it belongs to the reading process's, and ends with it.
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
    """The text, if it is one: what damaged files come out as is some of any characters.

    An .rtf that does not tell its encoding is read as Western text ("ÊöÖ°"); that is undone.
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
"""Of French text a tenth is above ASCII, of Chinese text that was misread nearly all."""


def _is_western(sign: str) -> bool:
    return sign in _WESTERN


# Windows-1252, above ASCII. LibreOffice writes bytes that mean nothing there as U+F1xx.
_WESTERN = {
    (bytes([byte]).decode("cp1252", "ignore") or chr(0xF100 + byte)): byte
    for byte in range(0x80, 0x100)
}


def _decode_misread(text: str) -> str:
    """Text that was taken for Windows-1252. Raises ExtractError when it is no other either."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return "\n".join(
                bytes(_WESTERN.get(sign) or ord(sign) for sign in line).decode(encoding)
                for line in text.split("\n")
            )
        except ValueError:
            continue
    raise ExtractError(_NO_TEXT)
