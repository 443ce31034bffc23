"""How a command ends: exit codes, and a sentence instead of a traceback."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import typer

DONE, FAILED, WRONG_USAGE, INVALID_INPUT, CHECK_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130


class CheckFailed(Exception):
    """Signals that a check that was asked for failed; its text says which and how."""


class WrongUsage(Exception):
    """Signals a command that makes no sense; its text is a sentence for the person who typed it."""


def say(sentence: str) -> None:
    """Print a sentence on stderr."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def ended(verb: Callable[[], None], *, debug: bool) -> None:
    """Run the body of a verb and end with the right exit code."""
    code = DONE
    try:
        verb()
    except (typer.Exit, SystemExit):
        raise
    except (Exception, KeyboardInterrupt) as error:
        if debug:
            traceback.print_exc()
        code, sentence = judged(error)
        if sentence:
            say(sentence)
    raise typer.Exit(code)


def judged(error: BaseException) -> tuple[int, str]:
    """Give the exit code and the sentence for whatever ended a verb early."""
    from itilsim.text.faults import FaultyInput

    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, str(error) or "interrupted"
    if isinstance(error, FaultyInput):
        return INVALID_INPUT, str(error)
    if isinstance(error, CheckFailed):
        return CHECK_FAILED, str(error)
    if isinstance(error, WrongUsage) or _is_request(error):
        return WRONG_USAGE, f"itilsim: {error}"
    if isinstance(error, BrokenPipeError):
        return _quietly()
    if isinstance(error, OSError) and error.filename is not None:
        return FAILED, f"itilsim: {error.filename}: {error.strerror}"
    return FAILED, f"itilsim: the program failed: {type(error).__name__}: {error} (run again with --debug for the whole story)"


def _is_request(error: BaseException) -> bool:
    """Say whether the error is the way in which a study or a stored result refuses a request, without importing what was not imported."""
    refusals = (("study.subject", "WrongRequest"), ("study.folder", "NoResult"), ("tables.result", "ResultFault"))
    kinds = [getattr(sys.modules.get(f"itilsim.{module}"), name, None) for module, name in refusals]
    return any(kind is not None and isinstance(error, kind) for kind in kinds)


def _quietly() -> tuple[int, str]:
    sys.stdout = None
    return FAILED, ""


def refuse(sentence: str) -> NoReturn:
    """Refuse a command."""
    raise WrongUsage(sentence)
