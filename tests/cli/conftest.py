"""The command line is tested on a made-up case and engine, with a page that is one line."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import itilsim.case
from itilsim.case import lower
from itilsim.cli.app import main
from itilsim.explain import stories
from itilsim.text.faults import Fault, FaultyInput
from tests.study.fakes import FakeCase, fake_engine, fake_lower, fake_story


def fake_load(path: Path, values: Mapping[str, str] | None = None, sheet: Path | None = None) -> FakeCase:
    """Read a made-up case: a folder with a file `broken` has two faults."""
    folder = path if path.is_dir() else path.parent
    if not folder.is_dir() or (folder / "broken").exists():
        raise FaultyInput([Fault(f"{folder}/case.toml", 3, 7, "found 'x'"), Fault(f"{folder}/case.toml", 1, 1, "found 'y'")])
    return FakeCase(values={**(values or {}), **({"sheet": sheet.read_text()} if sheet else {})})


def fake_report(result: Path, out: Path | None = None, *, language: str = "en") -> Path:
    """Write a page of one line."""
    page = out or result / "report.html"
    page.write_text(f"<p lang={language}>page</p>")
    return page


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, pages = types.ModuleType("itilsim.engine.compiled"), types.ModuleType("itilsim.pages.report")
    vars(compiled).update(run_block=fake_engine, is_warm=lambda: False)
    vars(pages).update(write_report=fake_report)
    monkeypatch.setitem(sys.modules, "itilsim.engine.compiled", compiled)
    monkeypatch.setitem(sys.modules, "itilsim.pages.report", pages)
    monkeypatch.setattr(itilsim.case, "load_case", fake_load)
    monkeypatch.setattr(stories, "teller", lambda case, study: stories.Teller(fake_story, {}))
    monkeypatch.setattr(lower, "lower", fake_lower)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Give a folder that the made-up reader takes for a case."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name in ("case", "today", "in-house", "outsourced"):
        (folder / f"{name}.toml").write_text("")
    return folder


@pytest.fixture
def itilsim_command(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str | Path) -> Ended:
        code = main([str(each) for each in arguments])
        found = capfd.readouterr()
        return Ended(code, found.out, found.err)

    return command
