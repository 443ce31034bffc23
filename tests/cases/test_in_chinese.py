"""Every shipped case says all its texts in Chinese: what a page shows of its manifest, but for names."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from itilsim import kinds
from itilsim.case import load_case
from itilsim.kinds.block import Block
from itilsim.study.manifest import manifest_of
from itilsim.study.settings import Settings
from itilsim.tables.language import SAID, language
from itilsim.tables.result import Result

SCENARIOS = sorted(path.parent for path in (Path(__file__).parents[2] / "scenarios").glob("*/case.toml"))
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b|^[A-Za-z ,]{4,}$")
"""Two common words in a row, or nothing but words: names and citations have capitals, numbers or Chinese beside them."""


def texts_of(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a manifest with the key under which it stands."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from texts_of(each, key if key == "sources" else name)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each, key)


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_every_shipped_case_says_all_its_texts_in_chinese(folder: Path) -> None:
    case = load_case(folder)
    settings = Settings(10, 1, tuple(case.alternatives), case.baseline, "compiled", "sources", (), None, True)
    manifest = manifest_of(case, settings, replications=10, complete=True, contracting={}, sponsor=[], timings={})
    chinese = Result(folder, manifest).in_language("zh").manifest
    left = {(key, text) for key, text in texts_of(chinese) if key in (*SAID, "value") and ENGLISH.search(text)}
    assert left == set()
    assert chinese["currency"] == case.currency and [each["name"] for each in chinese["alternatives"]] == list(case.alternatives)
    assert [each["key"] for each in chinese["inputs"]] == [each["key"] for each in case.inputs()]


def test_every_field_of_every_kind_has_a_chinese_name() -> None:
    modules = (importlib.import_module(each.name) for each in pkgutil.walk_packages(kinds.__path__, f"{kinds.__name__}."))
    found = {
        name
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Block) and kind.__module__ == module.__name__
        for name, field in kind.model_fields.items()
        if "Leaf" in str(field.annotation)
    }
    chinese = language("zh", {})
    assert chinese is not None and len(found) > 200
    assert found - set(chinese.fields) == set()
