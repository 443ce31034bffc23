"""How a command ends: what a person asked for in vain is wrong usage, said in a sentence, and no failure of the program."""

from __future__ import annotations

import pytest

from itilsim.cli.exits import FAILED, WRONG_USAGE, WrongUsage, judged
from itilsim.study.folder import NoResult
from itilsim.study.subject import WrongRequest
from itilsim.tables.result import ResultFault


@pytest.mark.parametrize("kind", [WrongUsage, WrongRequest, NoResult, ResultFault])
def test_a_refusal_is_told_as_it_stands(kind: type[Exception]) -> None:
    assert judged(kind("there is nothing here")) == (WRONG_USAGE, "itilsim: there is nothing here")


def test_anything_else_is_a_failure_of_the_program_and_says_how_to_see_more() -> None:
    code, sentence = judged(ZeroDivisionError("by nought"))
    assert code == FAILED
    assert "ZeroDivisionError: by nought" in sentence
    assert "--debug" in sentence
