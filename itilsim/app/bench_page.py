"""The page of a case: levers on the left, the answer and the figures of the report on the right; both are filled by what is asked."""

from __future__ import annotations

from html import escape

from itilsim.app.desk import Opened
from itilsim.app.form import form
from itilsim.app.shelf import words_of
from itilsim.app.shell import Page
from itilsim.figures.wording import Catalogue
from itilsim.tables.result import capitalised

BUTTONS = ("undo", "redo", "pin", "unpin", "save", "store")


def bench_page(opened: Opened, catalogue: Catalogue) -> Page:
    """Gives the page of an opened case."""
    case, of = opened.case, words_of(opened.case, catalogue.code)
    title, question = of(case.title), of(case.question)
    buttons = "".join(_button(name, catalogue) for name in BUTTONS)
    body = (
        f'<div class="split" data-case="{escape(case.name)}">'
        f'<aside aria-label="{escape(catalogue.say("app.controls"))}"><details class="sheet" open><summary>'
        f"{escape(catalogue.say('app.sheet'))}</summary>{form(opened, catalogue, of)}</details></aside>"
        f'<main id="main" tabindex="-1"><header id="answer"><p class="case">{escape(title)}</p><h1>{escape(question)}</h1>'
        f'<div class="tools" role="group" aria-label="{escape(catalogue.say("app.tools"))}">{buttons}</div>'
        f'<p class="status" id="status"><progress id="progress" max="1" value="0" aria-label="{escape(catalogue.say("app.progress"))}">'
        f'</progress><span>{escape(catalogue.say("app.waiting"))}</span></p>'
        '<div id="fault" class="warning" role="alert" hidden></div><div id="saying" class="spoken" aria-live="polite"></div>'
        f'{_saving(catalogue)}<div id="headline"></div></header>'
        '<div id="jobs"></div><div id="changes"></div><div id="pieces"></div></main></div>'
    )
    return Page("bench", capitalised(title), "", body)


def _saving(catalogue: Catalogue) -> str:
    """Gives where a state is given a name, and where it is said what came of it."""
    label, button = escape(catalogue.say("app.save-name")), escape(catalogue.say("app.save-now"))
    note = escape(catalogue.say("app.save-note"))
    return (
        f'<form id="saving" hidden><label for="save-name">{label}</label><input type="text" id="save-name" maxlength="60" '
        f'pattern="[a-z0-9]+(-[a-z0-9]+)*" required aria-describedby="save-note"><button type="submit">{button}</button>'
        f'<p class="sub" id="save-note">{note}</p></form><div id="saved" aria-live="polite"></div>'
    )


def _button(name: str, catalogue: Catalogue) -> str:
    title, text = escape(catalogue.say(f"app.{name}-title")), escape(catalogue.say(f"app.{name}"))
    return f'<button type="button" data-do="{name}" title="{title}">{text}</button>'
