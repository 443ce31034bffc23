"""The summary says in Markdown what the page says, in under sixty lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itilsim.cli.app import main
from itilsim.exports.summary import summary_of
from itilsim.pages.answer import answer
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from tests.pages.synthetic import Made, make


@pytest.mark.parametrize("language", languages())
def test_it_is_short_and_begins_with_the_question_and_the_answer(made: Made, language: str) -> None:
    text = summary_of(made.folder, language=language)
    lines = text.splitlines()
    assert len(lines) < 60 and text.endswith("```\n") and "\u00a0" not in text
    said = answer(read_strip(open_result(made.folder)), open_catalogue(language, "CNY"))
    assert lines[0].startswith("# ") and lines[4] == said[0].replace("\u00a0", " ")


def test_the_case_is_said_in_its_own_words_of_a_language(tmp_path: Path) -> None:
    made = make(tmp_path / "words", worlds=50)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    words = {manifest["title"]: "八百人的办公自动化", "In-house": "自建"}
    (made.folder / "manifest.json").write_text(json.dumps(manifest | {"words": {"zh": words}}))
    text = summary_of(made.folder, language="zh")
    assert text.startswith("# 八百人的办公自动化\n") and "| 自建 |" in text and "In-house" not in text
    assert summary_of(made.folder).startswith(f"# {manifest['title']}\n")


def test_the_strip_is_a_table_of_as_many_cells_in_every_row(made: Made) -> None:
    rows = [line for line in summary_of(made.folder).splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(made.values) + 1
    assert {row.replace("\\|", "").count("|") for row in rows} == {7}
    assert rows[2].startswith("| In-house |") and rows[-1].startswith("| Staying with paper | 0, the yardstick |")


def test_it_says_how_to_compute_it_again(made: Made) -> None:
    text = summary_of(made.folder)
    assert "400 futures simulated over 5 years with the compiled engine from seed 20260701" in text
    assert "itilsim replay results/result\n" in text


def test_what_is_not_stored_is_left_out(tmp_path: Path) -> None:
    made = make(tmp_path / "bare", worlds=50, without=("rare", "variants"))
    text = summary_of(made.folder)
    assert "## Rare and heavy" not in text and "## What first place hangs on" not in text


def test_it_goes_to_stdout_on_a_dash(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(made.folder), "--format", "md", "--out", "-"]) == 0
    assert capsys.readouterr().out == summary_of(made.folder)
    assert not (made.folder / "report.md").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--format", "pdf"], "there is no such format; there are html, png, svg, xlsx, md"),
        (["--language", "de"], "there is no such language; there are en"),
        (["--format", "png", "--out", "-"], "only the summary (--format md) goes to stdout"),
    ],
)
def test_what_cannot_be_written_is_refused(made: Made, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(made.folder), *options]) == 2
    assert sentence in capsys.readouterr().err
