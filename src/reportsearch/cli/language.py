"""The language of the command line: that of --lang, of the environment, or of the system."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reportsearch.locale import CHINESE, ENGLISH, LANGUAGES

_OPTION = "--lang"
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_CHINESE_ID = 0x04
"""The primary language of Chinese in Windows, the low ten bits of a language identifier."""


def find_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of LANGUAGES in which to speak.

    It is needed before the arguments are parsed, since the help is in this language, too.
    """
    given = _find_option(arguments)
    # The parser rejects another value.
    if given in LANGUAGES:
        return given
    return _read_environment(environment) or _ask_system()


def _find_option(arguments: Sequence[str]) -> str:
    """Return the last value of --lang, or an empty string."""
    found = ""
    for number, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == _OPTION:
            found = value if equals else "".join(arguments[number + 1 : number + 2])
    return found


def _read_environment(environment: Mapping[str, str]) -> str:
    """Return the language that the variables of gettext ask for; empty if none is set."""
    locale = next(filter(None, map(environment.get, _LOCALE_VARIABLES)), "")
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return ENGLISH
    wanted = environment.get("LANGUAGE") or locale
    known = (_recognise(name) for name in wanted.split(":"))
    return next(filter(None, known), ENGLISH) if wanted else ""


def _recognise(locale: str) -> str:
    """Return the language of a locale like zh_CN.UTF-8 or zh-Hans; empty if it is neither."""
    return next((language for language in LANGUAGES if locale.lower().startswith(language)), "")


def _ask_system() -> str:
    """Return the language of the desktop, where it is not in the environment."""
    if sys.platform == "win32":
        import ctypes

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return CHINESE if identifier & 0x3FF == _CHINESE_ID else ENGLISH
    if sys.platform == "darwin":
        import plistlib
        from xml.parsers.expat import ExpatError

        settings = Path.home() / "Library" / "Preferences" / ".GlobalPreferences.plist"
        with suppress(OSError, ValueError, LookupError, TypeError, ExpatError):
            return _recognise(plistlib.loads(settings.read_bytes())["AppleLanguages"][0]) or ENGLISH
    return ENGLISH
