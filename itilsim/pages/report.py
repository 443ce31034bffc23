"""The static report: one HTML file that needs nothing else and asks for nothing, text first, the drawing library last."""

from __future__ import annotations

from html import escape
from importlib import resources
from pathlib import Path

from itilsim.figures.figure import figures
from itilsim.figures.style import DARK, SERIES
from itilsim.figures.wording import Catalogue, Mid, Months, Plural
from itilsim.pages import cash, inputs, method, people, rankings, risks
from itilsim.pages.answer import headline
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.drawn import Drawn, drawn, script
from itilsim.pages.markup import emphasised
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import Result, open_result

PARTS = (cash, risks, rankings, people, inputs, method)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
"""What a browser is allowed on this page: nothing from elsewhere."""


def write_report(result: Path, out: Path | None = None, *, language: str = "en") -> Path:
    """Writes the page of a stored result and returns where it is: `out`, or report.html in the results folder.

    The file appears whole or not at all. Raises ResultFault where the folder cannot be read, ValueError for a language without a
    catalogue.
    """
    path = out or Path(result) / "report.html"
    text = page(open_result(result), language=language)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return path


def page(result: Result, *, language: str = "en") -> str:
    """Returns the page of an opened result as HTML."""
    catalogue = open_catalogue(language, result.currency)
    shown = [each for each in (drawn(figure, result, catalogue) for figure in figures()) if each is not None]
    parts = {module.name: module.part(result, catalogue) for module in PARTS}
    names = ["answer", *(each.name for each in shown), *(name for name, html in parts.items() if html)]
    body = (
        f'<a class="skip" href="#answer">{escape(catalogue.say("page.skip"))}</a>'
        f"{_header(result, catalogue)}{_contents(names, catalogue)}"
        f"<main>{''.join(each.html for each in shown)}{''.join(parts.values())}</main>"
    )
    return (
        f'<!doctype html><html lang="{catalogue.say("code")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(catalogue.say('page.title', title=str(result.manifest['title'])))}</title><style>{_style()}</style></head>"
        f"<body>{body}{_scripts(shown)}</body></html>\n"
    )


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
        f'<header id="answer"><p class="case">{escape(str(manifest["title"]))}</p>'
        f"<h1>{escape(str(manifest.get('question') or manifest['title']))}</h1>{incomplete}{headline(read_strip(result), catalogue)}"
        f'<p class="facts">{emphasised(facts)}</p><p class="facts">{escape(catalogue.say("page.assumptions"))}</p>{noscript}</header>'
    )


def _contents(names: list[str], catalogue: Catalogue) -> str:
    links = "".join(f'<li><a href="#{name}">{escape(catalogue.say(f"nav.{name}"))}</a></li>' for name in names)
    return f'<nav aria-label="{escape(catalogue.say("page.contents"))}"><ul>{links}</ul></nav>'


def _style() -> str:
    light = "".join(f"--series-{i}:{tone};" for i, tone in enumerate(SERIES))
    dark = "".join(f"--series-{i}:{DARK.get(tone, tone)};" for i, tone in enumerate(SERIES))
    series = "".join(f".series-{i}{{--series:var(--series-{i})}}" for i in range(len(SERIES)))
    colours = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{series}"
    return colours + _asset("page.css")


def _scripts(shown: list[Drawn]) -> str:
    """Returns the figures' data, then the library, then what draws one figure a tick; nothing of it stands before the text."""
    data = "".join(each.data for each in shown) + script("dark", DARK)
    return f"{data}<script>{_asset('plotly-basic.min.js')}</script><script>{_asset('page.js')}</script>"


def _asset(name: str) -> str:
    return resources.files("itilsim.pages").joinpath("assets", name).read_text(encoding="utf-8").replace("</script", "<\\/script")
