"""The verb `replay`: a stored result, simulated again."""

from __future__ import annotations

from pathlib import Path

from itilsim.cli.exits import CheckFailed
from itilsim.cli.progress import progress_for


def replay_result(result: Path, *, workers: int | None, quiet: bool) -> None:
    """Simulate a result again; raises CheckFailed where a number differs."""
    from itilsim.study.replay import replay

    found = replay(result, workers=workers, progress=progress_for(quiet=quiet))
    if not found.identical:
        raise CheckFailed("\n".join([f"{result}: the replay differs", *(f"  {each}" for each in found.differences)]))
    print(f"{result}: {found.replications:,} worlds are the same to the last bit in {', '.join(found.tables)}")
