"""The first page: every case as a card with its question and its alternatives, then the stored results."""

from __future__ import annotations

from html import escape

from itilsim.app.shelf import Shelf, Shelved, words_of
from itilsim.app.shell import Page
from itilsim.figures.wording import Catalogue, Plural
from itilsim.tables.result import capitalised


def start_page(shelf: Shelf, results: str, catalogue: Catalogue) -> Page:
    """Gives the page of all cases; `results` is the HTML of what is stored."""
    cases = shelf.cases()
    cards = "".join(_card(each, catalogue) for each in cases)
    said = catalogue.say("app.start-lead" if cases else "app.start-none", folder=str(shelf.folder))
    body = (
        f'<header><h1>{escape(catalogue.say("app.start-title"))}</h1><p class="lead">{escape(said)}</p></header>'
        f'<main id="main"><ul class="shelf">{cards}</ul>{results}</main>'
    )
    return Page("start", catalogue.say("app.start-title"), "", body)


def _card(shelved: Shelved, catalogue: Catalogue) -> str:
    case = shelved.case
    if case is None:
        said = escape(catalogue.say("app.unreadable"))
        return f'<li class="case"><h2>{escape(shelved.name)}</h2><p class="warning">{said}</p><pre>{escape(shelved.fault)}</pre></li>'
    words = words_of(case, catalogue.code)
    of = (lambda text: text) if words is None else words.of
    titles = [capitalised(of(each.title)) for each in case.alternatives.values()]
    count = catalogue.word(Plural(len(titles), "alternative"))
    listed = "".join(f"<li>{escape(title)}</li>" for title in titles)
    return (
        f'<li class="case"><h2><a href="/case/{escape(shelved.name)}">{escape(of(case.title))}</a></h2>'
        f'<p>{escape(of(case.question))}</p><p class="sub">{escape(count)}</p><ul class="plain">{listed}</ul></li>'
    )
