"""The page of a case: levers on the left, the answer and the figures of the report on the right; both are filled by what is asked."""

from __future__ import annotations

from html import escape

from itilsim.app.desk import Opened
from itilsim.app.form import form
from itilsim.app.shelf import words_of
from itilsim.app.shell import Page
from itilsim.figures.wording import Catalogue
from itilsim.tables.result import capitalised

BUTTONS = ("undo", "redo", "pin", "unpin")


def bench_page(opened: Opened, catalogue: Catalogue) -> Page:
    """Gives the page of an opened case."""
    case, words = opened.case, words_of(opened.case, catalogue.code)
    title, question = (case.title, case.question) if words is None else (words.of(case.title), words.of(case.question))
    buttons = "".join(_button(name, catalogue) for name in BUTTONS)
    body = (
        f'<div class="split" data-case="{escape(case.name)}">'
        f'<aside aria-label="{escape(catalogue.say("app.controls"))}"><details class="sheet" open><summary>'
        f"{escape(catalogue.say('app.sheet'))}</summary>{form(opened, catalogue, words)}</details></aside>"
        f'<main id="main" tabindex="-1"><header id="answer"><p class="case">{escape(title)}</p><h1>{escape(question)}</h1>'
        f'<div class="tools" role="group" aria-label="{escape(catalogue.say("app.tools"))}">{buttons}</div>'
        f'<p class="status" id="status"><progress id="progress" max="1" value="0" aria-label="{escape(catalogue.say("app.progress"))}">'
        f'</progress><span>{escape(catalogue.say("app.waiting"))}</span></p>'
        '<div id="fault" class="warning" role="alert" hidden></div><div id="saying" class="spoken" aria-live="polite"></div>'
        '<div id="headline"></div></header>'
        '<div id="changes"></div><div id="pieces"></div></main></div>'
    )
    return Page("bench", capitalised(title), "", body)


def _button(name: str, catalogue: Catalogue) -> str:
    title, text = escape(catalogue.say(f"app.{name}-title")), escape(catalogue.say(f"app.{name}"))
    return f'<button type="button" data-do="{name}" title="{title}">{text}</button>'
