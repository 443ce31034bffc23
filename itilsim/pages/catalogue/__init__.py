"""The sentences of a page, a folder a language and in it a file for each figure or part; another language has files with the same keys."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from itilsim.figures.wording import Catalogue
from itilsim.text.wording import spelling


def languages() -> tuple[str, ...]:
    """Returns the languages that the catalogue has a folder for, English first."""
    found = (each.name for each in resources.files(__name__).iterdir() if each.joinpath("common.toml").is_file())
    return tuple(sorted(found, key=lambda name: (name != "en", name)))


def texts(language: str) -> dict[str, Any]:
    """Reads a language's templates from all of its files. Raises ValueError where there is no such language."""
    if language not in languages():
        raise ValueError(f"there is no page in '{language}'; the catalogue has {', '.join(languages())}")
    found: dict[str, Any] = {}
    for file in sorted(resources.files(__name__).joinpath(language).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            _merge(found, tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return found


def _merge(into: dict[str, Any], more: dict[str, Any], file: str) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.setdefault(key, {}), dict):
            _merge(into[key], value, file)
        elif key in into:
            raise ValueError(f"{file}: the key '{key}' stands in another file of the language already")
        else:
            into[key] = value


def open_catalogue(language: str, currency: str) -> Catalogue:
    """Opens the catalogue of a language for amounts in a currency; what the language has no sentence for stays in English."""
    own = texts(language)
    return Catalogue(own if language == "en" else _over(texts("en"), own), spelling(language), currency)


def _over(lower: dict[str, Any], upper: dict[str, Any]) -> dict[str, Any]:
    """Lays a language's templates over those of English, table by table."""
    return lower | {
        key: _over(lower[key], value) if isinstance(value, dict) and isinstance(lower.get(key), dict) else value
        for key, value in upper.items()
    }
