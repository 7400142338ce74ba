"""What the folder of a sentence model says of it: prefixes of texts, pooling, longest input."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportsearch.errors import SentenceModelError

MAX_INPUT_TOKENS = 512
"""Maximum tokens of a text, unless the model's limit is lower; the rest is ignored."""

Vector = Any
"""A numpy array of one dimension."""


def format_error(error: Exception) -> str:
    """Format the message of a library's error as one line of at most 200 characters."""
    return " ".join(str(error).split())[:200] or type(error).__name__


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The settings in a model's folder.

    ``query`` and ``passage`` are prefixes of the texts. ``pooling`` is how a text's vector is
    computed from those of its tokens: ``mean``, ``cls`` (the first token's) or ``lasttoken``.
    """

    query: str
    passage: str
    pooling: str
    max_tokens: int

    @classmethod
    def read(cls, folder: Path) -> ModelSettings:
        """Read the files that sentence-transformers writes, any of which may be missing."""
        prompts = _read_json(folder / "config_sentence_transformers.json").get("prompts") or {}
        query = prompts.get("query") or ""
        passage = prompts.get("passage") or prompts.get("document") or ""
        if not query and not passage and _is_e5(folder):
            query, passage = "query: ", "passage: "
        longest = _read_json(folder / "sentence_bert_config.json").get("max_seq_length")
        return cls(
            query,
            passage,
            _parse_pooling(_read_json(folder / "1_Pooling" / "config.json")),
            min(longest or MAX_INPUT_TOKENS, MAX_INPUT_TOKENS),
        )

    def pool(self, vectors: Vector, file: Path) -> Vector:
        """Compute a text's vector from its tokens' (tokens x dimensions), without padding."""
        if self.pooling == "mean":
            return vectors.mean(axis=0)
        if self.pooling in {"cls", "lasttoken"}:
            return vectors[0 if self.pooling == "cls" else -1]
        raise SentenceModelError(
            "{file}: the pooling {pooling} is not supported; supported: mean, cls and lasttoken",
            file=file,
            pooling=self.pooling,
        )


def _read_json(file: Path) -> Mapping[str, Any]:
    """Return the object in a JSON file, or an empty one if there is no file."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SentenceModelError(
            "{file}: cannot be read ({error})", file=file, error=format_error(error)
        ) from error
    if not isinstance(found, dict):
        raise SentenceModelError(
            "{file}: not the settings of a model; it is not a JSON object", file=file
        )
    return found


def _parse_pooling(config: Mapping[str, Any]) -> str:
    if "pooling_mode" in config:
        return str(config["pooling_mode"])
    modes = [key for key, on in config.items() if key.startswith("pooling_mode_") and on is True]
    names = [mode.removeprefix("pooling_mode_").removesuffix("_tokens") for mode in modes]
    return "+".join(names).replace("cls_token", "cls") or "mean"


def _is_e5(folder: Path) -> bool:
    # Only the names of these models reveal that they expect a prefix. The name may be two folders
    # above, as in models--intfloat--multilingual-e5-small/snapshots/1234.
    names = [
        *folder.resolve().parts[-3:],
        str(_read_json(folder / "config.json").get("_name_or_path")),
    ]
    return any(re.search(r"(?<![a-z0-9])e5(?![a-z0-9])", name.lower()) for name in names)
