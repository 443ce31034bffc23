"""The command line keeps to its contract: exit codes, what goes where, strict JSON, and sentences that follow from the numbers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

import itilsim
from itilsim.cli.conditions import read_condition
from itilsim.cli.exits import WrongUsage
from itilsim.figures.decision_strip import numbers
from itilsim.ledger.ledger import Ledger
from itilsim.pages.catalogue import open_catalogue
from itilsim.study.folder import open_study
from itilsim.study.simulate import Interrupted, simulate
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from itilsim.text.wording import plain, spelling
from tests.cli.conftest import Command
from tests.study.fakes import FakeCase, FakePlan, fake_engine
from tests.study.test_study import Stopper


def test_compare_answers_in_a_table_and_sentences(itilsim_command: Command, case: Path) -> None:
    """Numbers on stdout, the wait for the compiler on stderr, a page where it says."""
    ended = itilsim_command("compare", case, "-n", "80")
    assert ended.code == 0
    assert ended.err == "compiling the engine (once, about 20 s)\n"
    for word in ("in-house", "outsourced", "today (baseline)", "staying with paper"):
        assert word in ended.out
    page = Path(ended.out.split("Page: ")[1].strip())
    assert page.is_file() and page.parent.parent == Path("results")
    assert not any(ord(char) in range(0x2500, 0x2580) for char in ended.out), "boxes are for terminals"


def test_json_is_one_strict_object_in_the_shape_of_the_contract(itilsim_command: Command, case: Path) -> None:
    """Nothing else on stdout; the numbers are those of the stored tables."""
    ended = itilsim_command("compare", case, "-n", "50", "--json", "--seed", "3")
    assert ended.code == 0
    found = json.loads(ended.out, parse_constant=lambda name: pytest.fail(name))
    assert list(found) == [
        "schema",
        "baseline",
        "decision_maker",
        "seed",
        "replications",
        "engine",
        "result",
        "alternatives",
        "comparisons",
    ]
    assert (found["schema"], found["seed"], found["replications"], found["engine"]) == (1, 3, 50, "compiled")
    first = found["alternatives"][0]
    assert list(first) == ["name", "parties", "cash", "stakeholders", "all_gain", "ended_early"]
    party = first["parties"]["company"]
    summary = ["mean", "standard_error", "p05", "p10", "p50", "p90", "p95", "cvar05", "probability_positive"]
    assert list(party) == [*summary, "components", "cash_mean"]
    assert list(party["components"]) == (
        ["outcomes_supported", "outcomes_affected", "costs_removed", "costs_imposed", "risks_removed", "risks_imposed"]
    )
    assert list(first["cash"]) == ["by_year", "peak_funding", "payback"]
    assert list(first["cash"]["peak_funding"]) == ["p50", "p90"] and list(first["cash"]["payback"]) == ["share", "median_month"]
    assert list(first["stakeholders"]["sponsor"]) == summary
    fields = "a b party mean_difference standard_error probability_a_better probability_equal mean_when_better mean_when_worse"
    assert all(list(each) == fields.split() for each in found["comparisons"])
    assert [(each["a"], each["b"]) for each in found["comparisons"]] == [
        ("in-house", "outsourced"),
        ("in-house", "today"),
        ("outsourced", "today"),
    ]
    table = pq.read_table(Path(found["result"]) / "values.parquet").to_pydict()
    own = [
        value
        for value, name, who in zip(table["net_value"], table["alternative"], table["party"], strict=True)
        if (name, who) == ("in-house", "company")
    ]
    assert party["mean"] == pytest.approx(np.mean(own), rel=1e-12)
    assert party["p10"] == np.quantile(own, 0.1)


def test_what_is_not_a_number_is_null(itilsim_command: Command, case: Path) -> None:
    """One world has no standard error, and nobody is better in no world."""
    found = json.loads(itilsim_command("compare", case, "-n", "1", "--json").out)
    assert found["comparisons"][0]["standard_error"] is None
    assert None in (found["comparisons"][0]["mean_when_better"], found["comparisons"][0]["mean_when_worse"])


def test_run_takes_one_alternative(itilsim_command: Command, case: Path) -> None:
    """Its file names it; the baseline comes along."""
    found = json.loads(itilsim_command("run", case / "outsourced.toml", "-n", "5", "--json").out)
    assert [each["name"] for each in found["alternatives"]] == ["outsourced"]
    assert [each["b"] for each in found["comparisons"]] == ["today"]


def test_the_same_command_finds_what_it_has_done(itilsim_command: Command, case: Path) -> None:
    """A complete study is not simulated twice, and a quiet one says nothing on stderr."""
    first = itilsim_command("compare", case, "-n", "20", "--quiet")
    again = itilsim_command("compare", case, "-n", "20")
    assert "holds this study already" in again.err and again.out == first.out and first.err == ""


def test_a_comparison_whose_stories_were_not_told_tells_them(itilsim_command: Command, case: Path) -> None:
    """Stories come after the worlds are stored, so an interruption among them leaves a whole study without; the same command adds them."""
    result = Path(json.loads(itilsim_command("compare", case, "-n", "20", "--json").out)["result"])
    told, untold = (result / "stories.parquet").read_bytes(), json.loads((result / "manifest.json").read_text())
    (result / "stories.parquet").unlink()
    del untold["stories"]
    (result / "manifest.json").write_text(json.dumps(untold))
    assert "holds this study already" in itilsim_command("compare", case, "-n", "20").err
    assert (result / "stories.parquet").read_bytes() == told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_keeps_the_finished_worlds(
    itilsim_command: Command, case: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Ctrl-C and a request to terminate end with 130 and a sentence, within the time of a block."""

    def slow(plan: FakePlan, seed: int, first: int, count: int) -> Ledger:
        time.sleep(0.05)
        return fake_engine(plan, seed, first, count)

    monkeypatch.setattr(sys.modules["itilsim.engine.compiled"], "run_block", slow)
    threading.Timer(1.5, os.kill, (os.getpid(), number)).start()
    started = time.monotonic()
    ended = itilsim_command("compare", case, "-n", "100000", "--workers", "2", "--quiet")
    assert ended.code == 130 and ended.out == "" and time.monotonic() - started < 6.0
    assert "worlds are kept in results/office-" in ended.err and "Traceback" not in ended.err
    kept = open_study(next(Path("results").iterdir()))
    assert not kept.complete and kept.replications > 0 and kept.replications % 64 == 0
    assert (kept.net_value("outsourced") == simulate(FakeCase(), kept.replications, variants=False).net_value("outsourced")).all()


def test_resumed_after_an_interruption(itilsim_command: Command, case: Path) -> None:
    """The same command goes on from the stored prefix."""
    name = json.loads(itilsim_command("compare", case, "-n", "150", "--json").out)["result"]
    whole = {each.name: each.read_bytes() for each in Path(name).glob("*.parquet")}
    with pytest.raises(Interrupted) as raised:
        simulate(FakeCase(), 150, progress=Stopper(64))
    part = raised.value.study
    assert part is not None
    assert str(part.save("results")) == name and part.replications < 150
    ended = itilsim_command("compare", case, "-n", "150")
    assert ended.code == 0 and f"going on from {part.replications} worlds" in ended.err
    assert {each.name: each.read_bytes() for each in Path(name).glob("*.parquet")} == whole


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--engine", "warp"], "unknown engine 'warp'"),
        (["--baseline", "yesterday"], "unknown alternative 'yesterday'"),
        (["--precision", "fine"], "'1 %'"),
        (["--keep", "all"], "unknown degree of keeping"),
        (["--set", "fee"], "KEY=VALUE is needed"),
        (["--frozen", "trust,love"], "unknown behaviour"),
        (["--fail-if", "p_negative(outsorced) > 0.2"], "did you mean 'outsourced'"),
        (["--fail-if", "p_loss(outsourced) > 0.2"], "unknown figure"),
        (["--fail-if", "p_better(outsourced) > 0.2"], "takes two alternatives"),
        (["--fail-if", "nonsense"], "for instance"),
        (["--nonsense"], "No such option"),
        (["-n", "many"], "valid int"),
    ],
)
def test_wrong_usage_ends_with_2_and_writes_nothing(itilsim_command: Command, case: Path, arguments: list[str], says: str) -> None:
    """A sentence says what would be right."""
    ended = itilsim_command("compare", case, *(["-n", "5"] if "-n" not in arguments else []), *arguments)
    assert ended.code == 2 and says in ended.err and ended.out == ""
    assert "Traceback" not in ended.err and not Path("results").exists()


def test_two_cases_are_not_compared(itilsim_command: Command, case: Path, tmp_path: Path) -> None:
    """Alternatives live in one case."""
    (tmp_path / "other").mkdir()
    ended = itilsim_command("compare", case, tmp_path / "other")
    assert ended.code == 2 and "found 2 cases" in ended.err


def test_faults_end_with_3_all_at_once(itilsim_command: Command, case: Path) -> None:
    """Every fault on a line of its own with its place, in order, nothing written."""
    (case / "broken").write_text("")
    for verb in ("check", "describe", "compare", "run", "sheet"):
        ended = itilsim_command(verb, case)
        assert ended.code == 3 and ended.out == ""
        assert [line.split("office/")[1] for line in ended.err.splitlines()] == [
            "case.toml:1:1: error: found 'y'",
            "case.toml:3:7: error: found 'x'",
        ]
    assert not Path("results").exists()


def test_check_says_nothing_wrong(itilsim_command: Command, case: Path) -> None:
    """A sound case is named as such."""
    ended = itilsim_command("check", case, case)
    assert (ended.code, ended.out) == (0, f"{case}: nothing wrong in today, in-house, outsourced\n")


def test_a_failed_check_ends_with_4_after_the_answer(itilsim_command: Command, case: Path) -> None:
    """The answer is printed all the same; a condition that does not hold changes nothing."""
    asked = ("compare", case, "-n", "50", "--json", "--quiet")
    ended = itilsim_command(*asked, "--fail-if", "p_negative(outsourced) >= 0", "--fail-if", "p_best(today) > 100 %")
    assert ended.code == 4 and json.loads(ended.out)["schema"] == 1
    assert "p_negative(outsourced) is 0." in ended.err and "p_best" not in ended.err
    assert itilsim_command(*asked, "--fail-if", "cvar05(outsourced) > 1 M").code == 0
    assert itilsim_command(*asked, "--fail-if", "ended_early(outsourced) >= 1").code == 4
    assert itilsim_command(*asked, "--fail-if", "ended_early(outsourced) > 1").code == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("p_negative(outsourced) > 0.2", 0.2), ("mean( in-house )<=-1.5e3", -1500.0), ("mean_difference(a-b, c) >= 20 k", 20_000.0)],
)
def test_conditions_are_read(text: str, wanted: float) -> None:
    """Names with hyphens, percent, k and M."""
    assert read_condition(text).limit == wanted


@pytest.mark.parametrize("text", ["p_negative(outsourced) == 0.2", "p_negative outsourced > 1", "mean(a) > 1e", "mean(a, b) > 1"])
def test_conditions_that_cannot_be_read_are_refused(text: str) -> None:
    """With an example."""
    with pytest.raises(WrongUsage, match="--fail-if"):
        read_condition(text)


def test_replay_and_report_of_a_stored_result(itilsim_command: Command, case: Path) -> None:
    """Identical ends with 0; a stored number that was changed ends with 4 and says where."""
    result = json.loads(itilsim_command("compare", case, "-n", "30", "--set", "fee=3", "--json").out)["result"]
    ended = itilsim_command("replay", result, "--workers", "1", "--quiet")
    assert ended.code == 0 and "30 worlds are the same to the last bit" in ended.out
    assert itilsim_command("report", result, "-o", "page.html").out == "page.html\n"
    path = Path(result) / "values.parquet"
    table = pq.read_table(path)
    at = table.schema.get_field_index("net_value")
    numbers = table["net_value"].to_numpy().copy()
    numbers[7] = np.nextafter(numbers[7], 0.0)
    pq.write_table(table.set_column(at, "net_value", [numbers]), path)
    ended = itilsim_command("replay", result, "--quiet")
    assert ended.code == 4 and ended.out == "" and "replication 1" in ended.err
    assert itilsim_command("replay", "nowhere").code == 2


def test_sheet_writes_what_is_uncertain(itilsim_command: Command, case: Path) -> None:
    """The header is the contract's; the file opens in a spreadsheet."""
    ended = itilsim_command("sheet", case)
    lines = ended.out.lstrip("\ufeff").splitlines()
    assert lines[0] == "key,low,likely,high,unit,note,source" and [line.split(",")[0] for line in lines[1:]] == ["volume"]
    ended = itilsim_command("sheet", case, "--all", "-o", "my.csv")
    assert ended.out == "" and Path("my.csv").read_bytes().startswith(b"\xef\xbb\xbf") and b"fee," in Path("my.csv").read_bytes()


def test_describe_lists_inputs(itilsim_command: Command, case: Path) -> None:
    """In sentences, and as JSON with a key each."""
    ended = itilsim_command("describe", case)
    assert "outsourced: Outsourcing." in ended.out and "made up, judgement" in ended.out
    assert ended.out.count("[parties.company] The company pays.") == 1
    own = ended.out.split("What outsourced is made of\n")[1]
    assert own.startswith("  [services.made-up] The level is 1.\n")
    found = json.loads(itilsim_command("describe", case, "--json").out)
    assert [each["key"] for each in found["inputs"]] == ["volume", "fee"]


def test_an_error_of_the_program_ends_with_1_and_no_traceback(
    itilsim_command: Command, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless --debug asks for it, wherever it stands."""

    def fail(*_: Any) -> None:
        raise RuntimeError("the world ended")

    monkeypatch.setattr(sys.modules["itilsim.engine.compiled"], "run_block", fail)
    ended = itilsim_command("compare", case, "-n", "5")
    assert ended.code == 1 and "the world ended" in ended.err and "Traceback" not in ended.err
    assert "Traceback" in itilsim_command("--debug", "compare", case, "-n", "5").err
    assert "Traceback" in itilsim_command("compare", case, "-n", "5", "--debug").err


@pytest.mark.parametrize("arguments", [["--help"], ["compare", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """What makes it answer in a blink."""
    code = (
        "import sys; from itilsim.cli.app import main; code = main(sys.argv[1:]); "
        "heavy = {'numpy', 'scipy', 'numba', 'pyarrow', 'plotly', 'rich', 'simpy'} & set(sys.modules); "
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage: itilsim" in done.stdout


def test_the_package_offers_its_interface() -> None:
    """Names are found when asked for; another name is refused with the list."""
    assert itilsim.simulate is simulate
    assert {"load", "simulate", "open_study", "trace"} <= set(dir(itilsim))
    with pytest.raises(AttributeError, match="open_study"):
        _ = itilsim.simulat


def test_sentences_are_those_of_the_page(itilsim_command: Command, case: Path) -> None:
    """Which is better, by how much, how surely, and how bad when worse; no marks of the page are left."""
    ended = itilsim_command("compare", case, "-n", "400", "--quiet")
    said = ended.out[ended.out.index("On average") :]
    assert "**" not in said and "\u00a0" not in said
    assert "Outsourcing is worth about" in said and "more than staying with paper" in said
    assert "It is worth less than staying with paper" in said and "then by about" in said
    assert "under the assumptions of the case" in said and "loses money" not in said


def test_the_table_words_a_mean_as_the_sentences_and_the_page_do(itilsim_command: Command, case: Path) -> None:
    """The same number with the same error reads the same, whatever shows it."""
    ended = itilsim_command("compare", case, "-n", "400", "--quiet")
    page = Path(ended.out.split("Page: ")[1].strip())
    strip = read_strip(open_result(page.parent))
    catalogue = open_catalogue("en", strip.values.currency)
    for row, cells in zip(strip.rows[:-1], numbers(strip, catalogue).rows, strict=False):
        shown = [plain(catalogue.word(cell)) for cell in cells]
        line = next(line for line in ended.out.splitlines() if line.startswith(f"{row.alternative.name} "))
        mean, bad = (plain(spelling().amount(each.value, each.error)) for each in (row.mean, row.bad))
        for words in (mean, bad):
            assert words in shown and f" {words} " in line
    leader = strip.leader.mean
    assert plain(spelling().amount(abs(leader.value), leader.error, currency=strip.values.currency, about=True)) in ended.out


def test_a_case_is_replaced_not_changed() -> None:
    """The made-up case behaves as the real one does."""
    assert FakeCase().with_values({"fee": "1"}) == replace(FakeCase(), values={"fee": "1"})
