"""The verbs `run` and `compare`: simulate, store, answer."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from itilsim.cli.exits import CheckFailed, say
from itilsim.cli.options import Asked, located, read_frozen, read_values
from itilsim.cli.progress import progress_for
from itilsim.study.study import Study


def answer(paths: Sequence[Path], asked: Asked, *, in_words: bool) -> None:
    """Simulate what was asked for, store it, and print the answer."""
    from itilsim.case import load_case
    from itilsim.cli.conditions import read_condition

    values = read_values(asked.values)
    conditions = [read_condition(text) for text in asked.fail_if or ()]
    folder, alternatives = located(paths)
    case = load_case(folder, values=values, sheet=asked.sheet)
    for condition in conditions:
        condition.check_names(list(case.alternatives))
    study = _studied(case, alternatives, asked, variants=in_words)
    if in_words and study.complete and "stories" not in study.manifest:
        _tell(case, study, asked)
    assert study.folder is not None
    _print(study, study.folder, asked, in_words)
    page = _page(study.folder)
    if not asked.json:
        print(f"\nPage: {page}")
    failed = [said for condition in conditions if (said := condition.holds(study))]
    if failed:
        raise CheckFailed("\n".join(failed))


def _print(study: Study, folder: Path, asked: Asked, in_words: bool) -> None:
    if asked.json:
        from itilsim.cli.answer import as_data
        from itilsim.study.folder import strict_json

        sys.stdout.write(strict_json(as_data(study), indent=None) + "\n")
        return
    from itilsim.cli.table import print_table

    print_table(study)
    if in_words:
        from itilsim.cli.sentences import sentences

        print()
        for sentence in sentences(folder):
            print(sentence)
    sys.stdout.flush()


def _studied(case: Any, alternatives: list[str] | None, asked: Asked, *, variants: bool) -> Study:
    from itilsim.study.engines import choose
    from itilsim.study.settings import settings_for
    from itilsim.study.simulate import Interrupted, simulate

    options: dict[str, Any] = {
        "seed": asked.seed,
        "alternatives": alternatives,
        "baseline": asked.baseline,
        "keep": asked.keep,
        "frozen": read_frozen(asked.frozen),
        "precision": asked.precision,
        "variants": variants,
    }
    engine = choose(asked.engine).name
    settings = settings_for(case, replications=asked.replications, engine=engine, **options)
    folder = asked.out / settings.folder_name(case)
    stored = _stored(folder)
    if stored is not None and stored.complete:
        if not asked.quiet:
            say(f"nothing to simulate: {folder} holds this study already")
        return stored
    if stored is not None and not asked.quiet:
        say(f"going on from {stored.replications:,} worlds in {folder}")
    try:
        with termination_interrupts():
            study = simulate(
                case,
                asked.replications,
                engine=asked.engine,
                workers=asked.workers,
                resume=stored,
                progress=progress_for(quiet=asked.quiet),
                **options,
            )
    except Interrupted as stop:
        raise KeyboardInterrupt(_kept(stop.study, asked.out)) from None
    study.save(asked.out)
    return study


def _tell(case: Any, study: Study, asked: Asked) -> None:
    """Add the stories of a few futures to a stored study; where this is interrupted, the same command begins them again."""
    from itilsim.explain.stories import add_stories, teller
    from itilsim.study.folder import write_stories

    assert study.folder is not None
    add_stories(study, teller(case, study), progress_for(quiet=asked.quiet))
    write_stories(study, study.folder)


def _kept(study: Study | None, out: Path) -> str:
    if study is None:
        return "interrupted before the first worlds were finished; nothing is kept"
    folder = study.save(out)
    return f"interrupted: the first {study.replications:,} worlds are kept in {folder}; the same command goes on from there"


def _stored(folder: Path) -> Study | None:
    """Give the study that lies in a folder, if it was made by the same software."""
    from itilsim.study.folder import MANIFEST, NoResult, open_study
    from itilsim.study.manifest import software_hash

    if not (folder / MANIFEST).exists():
        return None
    try:
        stored = open_study(folder)
    except NoResult:
        return None
    return stored if stored.manifest["hashes"]["software"] == software_hash() else None


def _page(folder: Path) -> Path:
    from itilsim.pages.report import write_report

    page = folder / "report.html"
    return page if page.exists() else write_report(folder)


@contextmanager
def termination_interrupts() -> Iterator[None]:
    """Let a request to terminate keep what is finished as Ctrl-C does."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
