"""The first page: every case as a card with its question and its alternatives, then the stored results."""

from __future__ import annotations

from html import escape
from pathlib import Path

from itilsim.app.runs_list import runs_list
from itilsim.app.shelf import Shelf, Shelved, words_of
from itilsim.app.shell import Page
from itilsim.figures.wording import Catalogue, Plural
from itilsim.tables.result import capitalised


def start_page(shelf: Shelf, results: Path, catalogue: Catalogue) -> Page:
    """Gives the page of all cases and of the results that are stored in a folder."""
    cases = shelf.cases()
    cards = "".join(_card(each, catalogue) for each in cases)
    said = catalogue.say("app.start-lead" if cases else "app.start-none", folder=str(shelf.folder))
    body = (
        f'<header><h1>{escape(catalogue.say("app.start-title"))}</h1><p class="lead">{escape(said)}</p></header>'
        f'<main id="main"><ul class="shelf">{cards}</ul><div id="jobs"></div>'
        f'<section id="stored"><h2>{escape(catalogue.say("app.runs"))}</h2><div id="fault" class="warning" role="alert" hidden></div>'
        f'<div id="runs">{runs_list(results, catalogue)}</div></section></main>'
    )
    return Page("start", catalogue.say("app.start-title"), "", body)


def _card(shelved: Shelved, catalogue: Catalogue) -> str:
    case = shelved.case
    if case is None:
        said = escape(catalogue.say("app.unreadable"))
        return f'<li class="case"><h2>{escape(shelved.name)}</h2><p class="warning">{said}</p><pre>{escape(shelved.fault)}</pre></li>'
    of = words_of(case, catalogue.code)
    titles = [capitalised(of(each.title)) for each in case.alternatives.values()]
    count = catalogue.word(Plural(len(titles), "alternative"))
    listed = "".join(f"<li>{escape(title)}</li>" for title in titles)
    return (
        f'<li class="case"><h2><a href="/case/{escape(shelved.name)}">{escape(of(case.title))}</a></h2>'
        f'<p>{escape(of(case.question))}</p><p class="sub">{escape(shelved.name)} · {escape(count)}</p><ul class="plain">{listed}</ul></li>'
    )
