"""Broken files, generated from the shipped case: every fault of a file at once with its place, exit 3, nothing written."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.cli.app import main
from itilsim.text.faults import Fault, FaultyInput
from tests.case import breaking
from tests.case.breaking import Break, Edit, broken, in_block
from tests.case.small_cases import OFFICE, office_copy

FILES = sorted(path.name for path in OFFICE.glob("*.toml"))
WITHIN = ("value", "trust", "source", "label", "unit", "low", "likely", "high")


def within_blocks(edit: Edit) -> Edit:
    """Make wrong what stands in blocks only."""
    return lambda section, key, line: edit(section, key, line) if in_block(section) else line


def within_heads(edit: Edit) -> Edit:
    """Make wrong what stands in [case] and [alternative] only; without `like` nothing else of a file can be judged."""
    return lambda section, key, line: line if in_block(section) or key == "like" else edit(section, key, line)


EDITS: dict[str, Edit] = {
    "keys of blocks misspelt": within_blocks(breaking.misspelt_key),
    "keys of heads misspelt": within_heads(breaking.misspelt_key),
    "kinds misspelt": breaking.misspelt_kind,
    **{f"'{word}' of quantities misspelt": breaking.misspelt_within(word) for word in WITHIN},
    "units swapped": breaking.swapped_unit,
    "numbers negated": breaking.negated,
    "names of blocks that do not exist": within_blocks(breaking.renamed),
    "choices that do not exist": breaking.misspelt_choice,
}
HARMLESS = {
    ("numbers negated", "growth"): "a workforce may shrink",
    ("numbers negated", "indexation"): "prices may fall by contract",
    ("names of blocks that do not exist", "consumer"): "every alternative says its own consumer over the one in software.toml",
}
"""(edit, key): why a line that was changed is still sound."""
PER_FILE = [(edit, name) for edit in EDITS for name in FILES]


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """Give the faults of a case."""
    try:
        load_case(folder)
    except FaultyInput as wrong:
        return wrong.faults
    return ()


def unnoticed(made: list[Break], faults: tuple[Fault, ...], edit: str, name: str) -> list[str]:
    """Give what was broken and is not refused by a fault at its line and column."""
    lines = {(fault.line, fault.column) for fault in faults if Path(fault.path).name == name}
    missed = []
    for each in made:
        columns = [column for line, column in lines if line == each.line]
        if (edit, each.key) in HARMLESS and (each.key != "consumer" or name == "software.toml"):
            continue
        if not columns or not all(1 <= column <= len(each.text) for column in columns):
            missed.append(f"{name}:{each.line}: {each.text[:80]}")
    return missed


@pytest.mark.parametrize(("edit", "name"), PER_FILE)
def test_all_faults_of_a_file_are_named_at_once(edit: str, name: str, tmp_path: Path) -> None:
    """Everything in a file is made wrong in one way: each changed line has a fault of its own."""
    folder = office_copy(tmp_path)
    text, made = broken((folder / name).read_text(encoding="utf-8"), EDITS[edit])
    if not made:
        pytest.skip(f"nothing of {name} can be broken so")
    (folder / name).write_text(text, encoding="utf-8")
    faults = faults_of(folder)
    assert not (missed := unnoticed(made, faults, edit, name)), "\n".join(missed)
    for fault in faults:
        assert re.search(r"found|unknown|missing", fault.message), f"what was found? {fault}"
        assert len(fault.message) > 20


def one_by_one(edit: str, name: str, numbers: random.Random | None, most: int) -> Iterator[tuple[str, Break]]:
    """Give texts in which one line is wrong."""
    text = (OFFICE / name).read_text(encoding="utf-8")
    _, made = broken(text, EDITS[edit])
    for each in made if numbers is None else numbers.sample(made, min(most, len(made))):
        lines = text.split("\n")
        lines[each.line - 1] = each.text
        yield "\n".join(lines), each


def check_one_by_one(edit: str, name: str, folder: Path, numbers: random.Random | None = None) -> None:
    """Break one line at a time: it is named, and nothing beside it but what follows from it in its own block or a name."""
    for text, each in one_by_one(edit, name, numbers, 1):
        (folder / name).write_text(text, encoding="utf-8")
        faults = faults_of(folder)
        assert not (missed := unnoticed([each], faults, edit, name)), missed
        (folder / name).write_bytes((OFFICE / name).read_bytes())


@pytest.mark.parametrize("edit", EDITS)
def test_one_fault_alone_is_named(edit: str, tmp_path: Path) -> None:
    """A sample of lines, one wrong at a time."""
    folder = office_copy(tmp_path)
    for name in ("case.toml", "outsourced.toml"):
        check_one_by_one(edit, name, folder, random.Random(f"{edit} {name}"))


@pytest.mark.nightly
@pytest.mark.parametrize(("edit", "name"), PER_FILE)
def test_every_fault_alone_is_named(edit: str, name: str, tmp_path: Path) -> None:
    """Every line, one wrong at a time."""
    check_one_by_one(edit, name, office_copy(tmp_path))


SINGLE = {
    "a decision maker that does not exist": ("case.toml", 'decision_maker = "company"', 'decision_maker = "nobody-here"'),
    "a baseline that does not exist": ("case.toml", 'baseline = "today"', 'baseline = "yesterday"'),
    "a party that is its own parent's parent": ("case.toml", '[parties.company]\n', '[parties.company]\nparent = "it"\n'),
    "a party to fall back to that does not exist": ("outsourced.toml", 'fallback_to = "public"', 'fallback_to = "nobody-here"'),
    "a title that is a number": ("outsourced.toml", 'title = "outsource"', "title = 3"),
    "an alternative that is no table": ("today.toml", "[alternative]\n", "alternative = 3\n[unused]\n"),
    "a misspelt head": ("outsourced.toml", "[alternative]", "[alternatives]"),
    "like without a list": ("outsourced.toml", 'like = ["software", "leak"]', 'like = "software"'),
    "like a file that is not there": ("outsourced.toml", '"leak"]', '"lek"]'),
    "a section that does not exist": ("case.toml", "[users.staff]", "[user.staff]"),
    "a name with capitals": ("case.toml", "[parties.public]", "[parties.Public]"),
    "a yes or no that is a text": ("outsourced.toml", "running = false", 'running = "no"'),
    "a review before the first year": ("outsourced.toml", "turn = 1", "turn = 0"),
    "a term of no length": ("outsourced.toml", 'term = { value = "5 years"', 'term = { value = "0 years"'),
    "upgrades all the time": ("software.toml", 'every = { value = "6 months"', 'every = { value = "0 months"'),
    "shares of more than all": ("software.toml", 'shares = [{ value = "5 %"', 'shares = [{ value = "50 %"'),
    "milestones of more than all": ("outsourced.toml", 'at_start = { value = "40 %"', 'at_start = { value = "90 %"'),
    "a share above one": ("software.toml", 'unfit = { value = "0 %"', 'unfit = { value = "120 %"'),
    "low above high": ("case.toml", "{ low = 50, likely = 72, high = 95", "{ low = 95, likely = 72, high = 50"),
    "one of two names twice": ("case.toml", "[parties.it]", "[parties.departments]"),
    "another currency": ("case.toml", '"30 k CNY"', '"30 k EUR"'),
    "a credit too few": ("outsourced-governed.toml", "credits = [{ value", "credits = [] # [{ value"),
    "an empty schedule": ("outsourced.toml", "exit_fees = [{", "exit_fees = [] # [{"),
}


def line_of(name: str, text: str) -> int:
    """Give the line, from 1, on which a text begins in a file of the shipped case."""
    content = (OFFICE / name).read_text(encoding="utf-8")
    return content[: content.index(text)].count("\n") + 1


def changed(folder: Path, name: str, before: str, after: str) -> Path:
    """Change one place of a file of a case."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", SINGLE)
def test_what_cannot_be_is_refused(what: str, tmp_path: Path) -> None:
    """In the file where it stands."""
    name, before, after = SINGLE[what]
    folder = changed(office_copy(tmp_path), name, before, after)
    found = [fault for fault in faults_of(folder) if Path(fault.path).name == name]
    assert found, f"{what}: {name} was taken"
    first = line_of(name, before)
    assert any(first <= fault.line <= first + 1 for fault in found) or "head" in what, found


AGAIN = """
[risks.{name}]
kind = "loss"
party = "departments"
activity = "approvals"
frequency = {{ value = "24 / year", trust = "judgement", source = "judgement" }}
severity = {{ value = "400 CNY", trust = "judgement", source = "judgement" }}
cap = {{ value = "10 k CNY", trust = "judgement", source = "judgement" }}
includes = ["{includes}"]
"""


def test_two_lines_that_include_the_same_thing_of_the_same_event_are_refused(tmp_path: Path) -> None:
    """Working hours lost with the approvals' papers are in `papers-lost` already; another line may hold what is not."""
    folder = office_copy(tmp_path)
    shared = folder / "case.toml"
    text = shared.read_text(encoding="utf-8")
    shared.write_text(text + AGAIN.format(name="papers-gone", includes="stamps"), encoding="utf-8")
    assert not faults_of(folder)
    shared.write_text(text + AGAIN.format(name="papers-gone", includes="lost working hours"), encoding="utf-8")
    faults = faults_of(folder)
    assert faults, "'lost working hours' of the approvals' papers is counted twice"
    assert all("lost working hours" in fault.message and "papers-" in fault.message for fault in faults)


def rubbish_numbers(seed: int) -> Iterator[int]:
    """Give endless numbers."""
    numbers = random.Random(seed)
    while True:
        yield numbers.getrandbits(30)


def check_rubbish(seeds: range, folder: Path) -> None:
    """Overwrite or cut a file: it is refused with a place in it, or what was hit is a text that may say anything."""
    refused = 0
    for seed in seeds:
        numbers = rubbish_numbers(seed)
        name = FILES[next(numbers) % len(FILES)]
        content = (OFFICE / name).read_bytes()
        (folder / name).write_bytes(breaking.rubbish(content, numbers))
        faults = faults_of(folder)
        refused += bool(faults)
        assert all(fault.line >= 1 and fault.column >= 1 and Path(fault.path).parent == folder for fault in faults)
        (folder / name).write_bytes(content)
    assert refused > 0.6 * len(seeds)


def test_binary_rubbish_in_a_file_is_refused(tmp_path: Path) -> None:
    """Never a traceback."""
    check_rubbish(range(25), office_copy(tmp_path))


@pytest.mark.nightly
def test_much_binary_rubbish_in_a_file_is_refused(tmp_path: Path) -> None:
    """The same many times."""
    check_rubbish(range(1000, 2500), office_copy(tmp_path))


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"\xff\xfe[case]", b"\x89PNG\r\n\x1a\n", "[case]\r\n\u202e".encode()])
def test_a_file_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    """Nothing, noughts, another encoding, a picture."""
    folder = office_copy(tmp_path)
    (folder / "case.toml").write_bytes(content)
    assert any(fault.path.endswith("case.toml") for fault in faults_of(folder))


@pytest.mark.parametrize("verb", ["check", "compare", "run", "describe", "sheet"])
def test_a_broken_case_ends_with_exit_code_3_and_nothing_written(verb: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every fault on stderr as `file:line:column: error: ...`, nothing on stdout, no folder."""
    folder = changed(office_copy(tmp_path), "outsourced.toml", 'amount = { value = "240 k CNY / year"', 'amount = { value = "240 h"')
    changed(folder, "case.toml", 'value = "800 users"', 'value = "-800 users"')
    before = sorted(tmp_path.rglob("*"))
    options = ["--out", str(tmp_path / "out")] if verb in ("compare", "run") else []
    assert main([verb, str(folder), *options]) == 3
    printed = capfd.readouterr()
    assert printed.out == ""
    places = [re.match(r"(.+\.toml):(\d+):(\d+): error: (.+)", line) for line in printed.err.splitlines()]
    assert len(places) == 2 and all(places), printed.err
    assert {Path(found[1]).name for found in places if found} == {"case.toml", "outsourced.toml"}
    assert sorted(tmp_path.rglob("*")) == before
