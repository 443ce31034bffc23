"""The sentences of a page, a file a language; a second language is a second file with the same keys."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from itilsim.figures.wording import Catalogue
from itilsim.text.wording import spelling


def languages() -> tuple[str, ...]:
    """Returns the languages that the catalogue has a file for."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


def texts(language: str) -> dict[str, Any]:
    """Reads a language's templates. Raises ValueError where there is no such file."""
    if language not in languages():
        raise ValueError(f"there is no page in '{language}'; the catalogue has {', '.join(languages())}")
    return tomllib.loads(resources.files(__name__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


def open_catalogue(language: str, currency: str) -> Catalogue:
    """Opens the catalogue of a language for amounts in a currency."""
    return Catalogue(texts(language), spelling(language), currency)
