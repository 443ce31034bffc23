"""What every page of the app stands in: head, bar with the languages, and the entry by which Dash reaches the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from itilsim.figures.style import DARK, SERIES
from itilsim.figures.wording import Catalogue
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.pages.drawn import script

LANGUAGE = "itilsim-language"
"""The cookie that remembers the language that was chosen."""
LIBRARY, CHANNEL, LAST = "plotly-basic.min.js", "channel.js", "page.js"


@dataclass(frozen=True)
class Asset:
    """A file that a page asks for, by the name under which it is served."""

    name: str
    text: str
    kind: str


@cache
def assets() -> Mapping[str, Asset]:
    """Gives the files of the report that the app uses too, and its own, in the order in which a page loads them."""
    report = resources.files("itilsim.pages").joinpath("assets")
    own = resources.files("itilsim.app").joinpath("assets")
    scripts = [
        (LIBRARY, report.joinpath(LIBRARY)),
        *_all(report.joinpath("behaviours")),
        (CHANNEL, own.joinpath(CHANNEL)),
        *(each for each in _all(own, ".js") if each[0] != CHANNEL),
        (LAST, report.joinpath(LAST)),
    ]
    sheets = [("page.css", report / "page.css"), *_all(report / "styles"), *_all(own, ".css")]
    style = "".join(each.read_text(encoding="utf-8") for _, each in sheets)
    found = [Asset("app.css", _colours() + style, "text/css")]
    found += [Asset(name, each.read_text(encoding="utf-8"), "text/javascript") for name, each in scripts]
    return {each.name: each for each in found}


def _all(folder: Any, ending: str = "") -> list[tuple[str, Any]]:
    return sorted(((each.name, each) for each in folder.iterdir() if each.name.endswith(ending)), key=lambda each: each[0])


def _colours() -> str:
    light = "".join(f"--series-{i}:{tone};" for i, tone in enumerate(SERIES))
    dark = "".join(f"--series-{i}:{DARK.get(tone, tone)};" for i, tone in enumerate(SERIES))
    series = "".join(f".series-{i}{{--series:var(--series-{i})}}" for i in range(len(SERIES)))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{series}"


@dataclass(frozen=True)
class Page:
    """A page: its title, what stands in the bar beside the languages, its body, and the kind by which it is styled."""

    kind: str
    title: str
    bar: str
    body: str


def whole(page: Page, catalogue: Catalogue, address: str, entry: str) -> str:
    """Gives the HTML of a page; `address` is its path, `entry` what Dash needs in it."""
    scripts = "".join(f'<script src="/assets/{each.name}"></script>' for each in assets().values() if each.name.endswith(".js"))
    home = escape(catalogue.template("app.home"))
    return (
        f'<!doctype html><html lang="{catalogue.lang}" data-scripts="on"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<title>{escape(page.title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/app.css"></head>'
        f'<body class="{page.kind}"><div class="edition" lang="{catalogue.lang}" data-language="{catalogue.code}">'
        f'<a class="skip" href="#main">{escape(catalogue.say("app.skip"))}</a>'
        f'<div class="bar"><a class="home" href="/">{home}</a>{page.bar}{_languages(catalogue, address)}</div>{page.body}</div>'
        f"{script('dark', DARK)}<div id=\"data\"></div>{scripts}<div hidden>{entry}</div></body></html>\n"
    )


def _languages(catalogue: Catalogue, address: str) -> str:
    links = "".join(
        f'<a href="{escape(address)}?language={code}" lang="{each.lang}"{_current(code == catalogue.code)}>'
        f"{escape(each.say('language'))}</a>"
        for code, each in ((code, open_catalogue(code, "")) for code in languages())
    )
    return f'<nav class="languages" aria-label="{escape(catalogue.say("page.languages"))}">{links}</nav>'


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""


def chosen_language(asked: str | None, remembered: str | None, accepted: list[str]) -> str:
    """Chooses the language of a page: the one that was asked for, else the one remembered, else the first that the browser accepts."""
    known = languages()
    return next((code for code in (asked, remembered, *(each.split("-")[0] for each in accepted)) if code in known), known[0])
