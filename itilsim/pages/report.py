"""The static report: one HTML file that needs nothing else and asks for nothing, text first, the drawing library last.

It holds an edition in each language of the catalogue; one is shown, and a button shows another without another run.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from itilsim.figures.figure import figures
from itilsim.figures.style import DARK, SERIES
from itilsim.figures.wording import Catalogue, Mid, Months, Plural
from itilsim.pages.answer import headline
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.pages.drawn import drawn, script
from itilsim.pages.markup import anchor, emphasised
from itilsim.pages.part import parts
from itilsim.tables.net_value import read_strip
from itilsim.tables.once import read_once
from itilsim.tables.result import Result, open_result

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
"""What a browser is allowed on this page: nothing from elsewhere."""
ON_DEMAND = 9
"""Figures from this number on, and parts after them, open on demand."""


@dataclass(frozen=True)
class Piece:
    """A figure or part of an edition: its place among the others, its name, its HTML, and what is drawn later."""

    place: float
    name: str
    html: str
    data: str = ""


@dataclass(frozen=True)
class Edition:
    """The report in one language."""

    code: str
    title: str
    html: str
    data: str


def write_report(result: Path, out: Path | None = None, *, language: str = "en") -> Path:
    """Writes the page of a stored result and returns where it is: `out`, or report.html in the results folder.

    `language` is the one shown first. The file appears whole or not at all. Raises ResultFault where the folder cannot be read,
    ValueError for a language without a catalogue.
    """
    path = out or Path(result) / "report.html"
    text = page(open_result(result), language=language)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def page(result: Result, *, language: str = "en") -> str:
    """Returns the page of an opened result as HTML."""
    first = open_catalogue(language, result.currency)
    codes = (language, *(code for code in languages() if code != language))
    with read_once(result) as once:
        editions = [_edition(once, open_catalogue(code, result.currency), is_shown=code == language) for code in codes]
    body = "".join(each.html for each in editions)
    return (
        f'<!doctype html><html lang="{first.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(editions[0].title)}</title><style>{_style()}</style></head>"
        f"<body>{body}{_scripts(editions)}</body></html>\n"
    )


def _edition(result: Result, catalogue: Catalogue, *, is_shown: bool) -> Edition:
    result = result.in_language(catalogue.code)
    title = catalogue.say("page.title", title=str(result.manifest["title"]))
    found = pieces(result, catalogue)
    shown = "".join(each.html for each in found if each.place < ON_DEMAND)
    more = "".join(each.html for each in found if each.place >= ON_DEMAND)
    links = ["answer", *(each.name for each in found)]
    html = (
        f'<div class="edition" lang="{catalogue.lang}" data-language="{catalogue.code}" data-named="{escape(title)}"'
        f'{"" if is_shown else " hidden"}>'
        f"{_header(result, catalogue)}{_contents(links, catalogue)}<main>{shown}{more}</main></div>"
    )
    return Edition(catalogue.code, title, html, "".join(each.data for each in found))


def pieces(result: Result, catalogue: Catalogue) -> list[Piece]:
    """Returns figures and parts in the order of the page; a part stands after its figure."""
    made = [(figure.number, drawn(figure, result, catalogue, folded=figure.number >= ON_DEMAND)) for figure in figures()]
    found = [Piece(number, each.name, each.html, each.data) for number, each in made if each is not None]
    found += [Piece(each.after + 0.5, each.name, html) for each in parts() if (html := each.part(result, catalogue))]
    return sorted(found, key=lambda piece: (piece.place, piece.name))


def _header(result: Result, catalogue: Catalogue) -> str:
    manifest = result.manifest
    futures = Plural(int(manifest.get("replications") or 0), "future")
    facts = catalogue.say(
        "page.facts",
        futures=futures,
        horizon=Months(int(manifest["horizon_months"])),
        rate=catalogue.number(100 * float(manifest.get("discount_rate") or 0.0), 3) + " %",
        baseline=Mid(result.baseline.title),
    )
    incomplete = (
        "" if manifest.get("complete", True) else f'<p class="warning">{escape(catalogue.say("page.incomplete", futures=futures))}</p>'
    )
    noscript = f'<noscript><p class="warning">{escape(catalogue.say("page.no-script"))}</p></noscript>'
    return (
        f'<header id="{anchor("answer", catalogue)}"><a class="skip" href="#{anchor("answer", catalogue)}">'
        f'{escape(catalogue.say("page.skip"))}</a>{_switch(catalogue)}<p class="case">{escape(str(manifest["title"]))}</p>'
        f"<h1>{escape(str(manifest.get('question') or manifest['title']))}</h1>{incomplete}{headline(read_strip(result), catalogue)}"
        f'<p class="facts">{emphasised(facts)}</p><p class="facts">{escape(catalogue.say("page.assumptions"))}</p>{noscript}</header>'
    )


def _switch(catalogue: Catalogue) -> str:
    """Returns the buttons that show another language; they appear where scripts run."""
    own = catalogue.code
    buttons = "".join(
        f'<button type="button" data-show="{code}" lang="{each.lang}" aria-pressed="{"true" if code == own else "false"}">'
        f"{escape(each.say('language'))}</button>"
        for code, each in ((code, open_catalogue(code, "")) for code in languages())
    )
    return f'<div class="switch" role="group" aria-label="{escape(catalogue.say("page.languages"))}">{buttons}</div>'


def _contents(names: list[str], catalogue: Catalogue) -> str:
    links = "".join(f'<li><a href="#{anchor(name, catalogue)}">{escape(catalogue.say(f"nav.{name}"))}</a></li>' for name in names)
    return f'<nav aria-label="{escape(catalogue.say("page.contents"))}"><ul>{links}</ul></nav>'


def _style() -> str:
    light = "".join(f"--series-{i}:{tone};" for i, tone in enumerate(SERIES))
    dark = "".join(f"--series-{i}:{DARK.get(tone, tone)};" for i, tone in enumerate(SERIES))
    series = "".join(f".series-{i}{{--series:var(--series-{i})}}" for i in range(len(SERIES)))
    colours = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{series}"
    return colours + "".join(_asset(name) for name in ("page.css", *_all("styles")))


def _scripts(editions: list[Edition]) -> str:
    """Returns what shows a language at once, the figures' data, then the library, then what draws one figure a tick.

    Nothing of it stands before the text. Each behaviour of a figure is a file of its own.
    """
    data = "".join(each.data for each in editions) + script("dark", DARK)
    code = ["language.js", "plotly-basic.min.js", *_all("behaviours"), "page.js"]
    first, *rest = (f"<script>{_asset(name)}</script>" for name in code)
    return first + data + "".join(rest)


def _all(folder: str) -> list[str]:
    return sorted(f"{folder}/{each.name}" for each in _assets().joinpath(folder).iterdir())


def _assets() -> Any:
    return resources.files("itilsim.pages").joinpath("assets")


def _asset(name: str) -> str:
    text: str = _assets().joinpath(*name.split("/")).read_text(encoding="utf-8")
    return text.replace("</script", "<\\/script")
