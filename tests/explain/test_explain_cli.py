"""What the verb `explain` promises: a story on a terminal, strict JSON, and a sentence for each mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from itilsim.cli.app import main
from tests.explain.conftest import FOLDER, HERE, THERE

PATH = str(FOLDER / f"{HERE}.toml")
TWIN = str(FOLDER / f"{THERE}.toml")


def refuse_constant(text: str) -> float:
    """Refuse what strict JSON does not know."""
    raise AssertionError(f"found {text}")


def test_json_is_one_strict_object_whose_lines_sum(world: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", PATH, "--replication", str(world), "--against", TWIN, "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    data = json.loads(said.out, parse_constant=refuse_constant)
    assert set(data) == {
        "schema", "case", "seed", "replication", "currency", "decision_maker", "discount_rate", "story", "twin", "difference",
    }  # fmt: skip
    assert data["replication"] == world and data["story"]["alternative"] == HERE and data["twin"]["alternative"] == THERE
    difference = data["difference"]
    assert sum(each["cents"] for each in difference["by_event"]) == difference["cents"]
    assert sum(each["cents"] for each in difference["by_source"]) == difference["cents"]
    for side in ("story", "twin"):
        assert sum(line["cents"] for line in data[side]["ledger"]) == data[side]["present_value_cents"]
        assert data[side]["happenings"] and data[side]["unknowns"] and data[side]["stretches"]


def test_where_finds_the_world_and_tells_it(world: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", PATH, "--where", "source-leak:rotation:done"]) == 0
    text = capsys.readouterr().out
    assert f"world {world} of seed 1" in " ".join(text.split())
    for head in ("What the planner did not know", "What happened", "Ledger of the company, by source"):
        assert head in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([PATH, "--replication", "-1"], "found replication -1; worlds are counted from 0"),
        ([PATH], "--replication K, or --where NAME"),
        ([PATH, "--replication", "1", "--where", "source-leak"], "--replication K, or --where NAME"),
        ([str(FOLDER), "--replication", "1"], "a story is told of one alternative"),
        ([str(FOLDER / "leak.toml"), "--replication", "1"], "unknown alternative 'leak'"),
        ([str(FOLDER / "outsorced.toml"), "--replication", "1"], "there is no such file"),
        ([PATH, "--where", "source-leek"], "did you mean 'source-leak'"),
        ([PATH, "--replication", "1", "--against", str(FOLDER / "leak.toml")], "unknown alternative"),
        ([PATH, "--replication", "1", "--against", "outsourced-govern"], "did you mean 'outsourced-governed'"),
        ([PATH, "--replication", "1", "--against", PATH], "no difference from itself"),
        ([PATH, "--replication", "1", "--against", str(FOLDER)], "one alternative of"),
    ],
)
def test_a_mistake_ends_with_a_sentence_and_code_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *arguments]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert said in caught.err and "Traceback" not in caught.err


def test_a_twin_of_another_case_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / f"{THERE}.toml"
    other.write_text("[alternative]\n", encoding="utf-8")
    assert main(["explain", PATH, "--replication", "1", "--against", str(other)]) == 2
    assert "twins live in the same world" in capsys.readouterr().err
