"""A state is saved as a scenario beside the cases, and the page says where it lies and what runs it."""

from __future__ import annotations

import shlex
from html import escape
from pathlib import Path
from typing import Any

from itilsim.app.desk import Opened
from itilsim.app.shelf import Shelf
from itilsim.app.state import Refused, State
from itilsim.figures.wording import Catalogue
from itilsim.live.saved import save
from itilsim.pages.markup import emphasised


def save_state(opened: Opened, state: State, name: Any, shelf: Shelf, catalogue: Catalogue) -> str:
    """Saves a state under a name and gives what the page says; raises WrongRequest for a name that cannot be."""
    if not isinstance(name, str):
        raise Refused("a scenario needs a name")
    folder = save(opened.case, state.values(opened), shelf.folder, name.strip(), horizon=state.horizon)
    shelf.add(folder)
    said = emphasised(catalogue.say("app.saved", name=name.strip(), folder=str(_near(folder))))
    link = f'<a href="/case/{escape(folder.name)}">{escape(catalogue.say("app.saved-open"))}</a>'
    return (
        f"<p>{said} {link}</p><p>{escape(catalogue.say('app.saved-command'))}</p>"
        f'<pre class="scroll" tabindex="0"><code>{escape(command(folder, opened, state))}</code></pre>'
        + ("" if state.party is None else f'<p class="note">{escape(catalogue.say("app.saved-party"))}</p>')
    )


def command(folder: Path, opened: Opened, state: State) -> str:
    """Gives the command that compares what the state compares on the same worlds."""
    case, near = opened.case, _near(folder)
    everything = len(state.alternatives) == len(case.alternatives) - 1
    paths = [str(near)] if everything else [str(near / f"{name}.toml") for name in state.alternatives]
    return shlex.join(["itilsim", "compare", *paths, "-n", str(opened.wanted), "--seed", str(opened.bench.seed)])


def _near(folder: Path) -> Path:
    """Gives a folder as it is named from where the app was started."""
    whole, here = folder.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else whole
