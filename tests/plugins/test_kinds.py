"""A risk, a cost, a price and a perception, one file each outside the package: they do what they say wherever kinds do anything."""

from __future__ import annotations

import html
import json
from pathlib import Path

import numpy as np
import pytest

import itilsim
from itilsim.case import Case, load_case
from itilsim.case.lower import lower
from itilsim.cli.app import main
from itilsim.engine.compiled import run_block as run_compiled
from itilsim.engine.reference import run_block as run_reference
from itilsim.ledger.entities import entities
from tests.cases import conservation
from tests.cases.lives import Lived, differing, live
from tests.plugins.conftest import CASE, KINDS, Door

WORLDS = 200


@pytest.fixture
def case(door: Door) -> Case:
    """The case by the river."""
    door(KINDS)
    return load_case(CASE)


def posted(lived: Lived, source: str, party: str) -> np.ndarray:
    """Give what a party books under a source, shape (worlds, months)."""
    at = next(i for i, a in enumerate(lived.accounts) if (a.source, a.party) == (source, party))
    return lived.ledger.amounts[:, :, at]


def test_the_flood_comes_in_its_season(case: Case) -> None:
    """In months 3 to 5 of every year, twice a year on average (600 years: the mean is within 0.23 but once in 10,000 runs)."""
    lived = live(case, "rented", WORLDS)
    losses = posted(lived, "flood", "office")
    months = {int(month) % 12 + 1 for month in np.nonzero(losses)[1]}
    assert months == {3, 4, 5}
    floods = lived.ledger.counts[:, lived.ledger.books.counters.index("risk.flood")]
    assert abs(floods.mean() / 3.0 - 2.0) < 0.23
    up = lived.ledger.measures[:, :, lived.ledger.books.measures.index("claims:up")]
    dry = [month for month in range(case.horizon) if month % 12 not in range(2, 7)]
    assert up[:, 2:5].mean() < 0.95 and up[:, dry].mean() > 0.995


def test_the_audit_comes_every_fifth_month(case: Case) -> None:
    """From the start to the end of the relationship, at the price of the world."""
    lived = live(case, "rented", 20)
    audits = posted(lived, "audit", "office")
    price = lived.ledger.theta[:, lived.ledger.books.unknowns.index("costs.audit.amount")]
    for world, paid in enumerate(audits):
        months = list(range(4, int(np.ceil(lived.ledger.lived[world, 0])), 5))
        assert np.nonzero(paid)[0].tolist() == months and (paid[months] == -price[world]).all()


def test_the_price_falls_with_the_number_of_users(case: Case) -> None:
    """60 users: 50 at 100 and 10 at 60 are 5,600 a month; from the second year on 66 are 5,960, three per cent dearer after go-live's."""
    lived = live(case, "rented", 20)
    fees = posted(lived, "rent fee", "office")
    whole = [8, 9, 10, 11]
    assert fees[:, whole] == pytest.approx(np.full((20, 4), -5_600.0), rel=1e-12)
    assert fees[:, 20] == pytest.approx(np.full(20, -5_960.0 * 1.03), rel=1e-12)


def test_the_treasurer_sees_cash_and_hates_surprises(case: Case) -> None:
    """Hours and decisions made sooner are nothing; what is paid once counts three times; a loss twice; at 10 % a year."""
    study = itilsim.simulate(case, 10, variants=False)
    lives = {name: live(case, name, 10) for name in case.alternatives}
    office = entities(case.parents)["office"]
    for world in range(10):
        seen = {}
        for name, lived in lives.items():
            seen[name] = sum(
                float(amount) * (3.0 if lived.accounts[at].one_off else 1.0) / 1.1 ** ((month + 0.5) / 12.0)
                for at in office.positions(lived.accounts)
                if lived.accounts[at].cash
                for month, amount in enumerate(lived.ledger.amounts[world, :, at])
            )
        felt = seen["rented"] - seen["today"]
        assert study.perceived("rented", "treasurer")[world] == pytest.approx(felt * (2.0 if felt < 0.0 else 1.0), rel=1e-9)


@pytest.mark.parametrize("grid", [0.0, 0.25])
def test_both_engines_agree(case: Case, grid: float) -> None:
    plan = lower(case, "rented", grid=grid)
    assert "flood" in plan.names["streams"] and "audit" in plan.names["streams"]
    assert differing(run_reference(plan, 3, 0, 3), run_compiled(plan, 3, 0, 3)) == []


def test_the_books_are_kept(case: Case) -> None:
    """The laws that every case keeps, on a ledger with postings of kinds from outside."""
    lived = live(case, "rented", 30)
    conservation.keeps_its_books(lived, live(case, "today", 30))
    conservation.accounts_move_by_postings_only(lived)


def test_they_are_described(case: Case, capfd: pytest.CaptureFixture[str]) -> None:
    """Each by its sentence, and each quantity as an input."""
    assert main(["describe", str(CASE)]) == 0
    said = capfd.readouterr().out
    assert "The river in the cellar: 2 floods a year, in months 3 to 5, cost office 8,000 each" in said
    assert "Office pays 3,000 for the auditor's visit to auditor every 5 months." in said
    assert "The fee of rent is 100 a user and month while it is live, 40% less for users beyond 50." in said
    assert "treasurer (the treasurer, of office): sees cash alone, what is paid once 3 times" in said
    assert main(["describe", str(CASE), "--json"]) == 0
    assert "costs.audit.amount" in [each["key"] for each in json.loads(capfd.readouterr().out)["inputs"]]


def test_a_broken_field_is_a_fault_at_its_place(door: Door, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """As of any kind: between fields, and of one alone."""
    door(KINDS)
    folder = tmp_path / "riverside"
    folder.mkdir()
    for path in CASE.glob("*.toml"):
        text = path.read_text(encoding="utf-8").replace("last = 5\n", "last = 2\n").replace("surprise = 3", 'surprise = "3 CNY"')
        (folder / path.name).write_text(text, encoding="utf-8")
    assert main(["check", str(folder)]) == 3
    said = capfd.readouterr().err
    assert "rented.toml:97:8: error: found 2, before the first month, 3; a season lies within one year" in said
    assert "case.toml:55:12: error: found '3 CNY', a sum of money" in said


def test_they_stand_in_the_answer_the_story_and_the_page(case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(CASE), "-n", "40", "--quiet", "--out", str(tmp_path)]) == 0, capfd.readouterr().err
    (result,) = tmp_path.iterdir()
    page = html.unescape((result / "report.html").read_text(encoding="utf-8")).casefold()
    for words in ("the river in the cellar", "an audit", "the fee of the provider", "the treasurer", "sees cash alone"):
        assert words in page, f"the page says nothing of {words}"
    ledger = live(case, "rented", 20).ledger
    flooded = int(np.argmax(ledger.counts[:, ledger.books.counters.index("risk.flood")]))
    capfd.readouterr()
    assert main(["explain", str(CASE / "rented.toml"), "-k", str(flooded)]) == 0
    told = capfd.readouterr().out
    assert "the auditor's visit" in told and "the river in the cellar" in told
