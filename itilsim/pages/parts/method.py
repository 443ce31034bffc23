"""The part of the page that says how the study was computed and how to compute it again."""

from __future__ import annotations

import re
from html import escape

from itilsim.figures.wording import Amount, Catalogue, Mid, Plural
from itilsim.pages.markup import emphasised, paragraphs, section
from itilsim.tables.provenance import Provenance, read_provenance
from itilsim.tables.result import Result

name = "method"
after = 11


def part(result: Result, catalogue: Catalogue) -> str:
    """Returns the part as HTML."""
    table = read_provenance(result)
    said = [
        catalogue.say(
            "method.sentence",
            futures=Plural(table.futures, "future"),
            engine=table.engine,
            seed=str(table.seed),
            baseline=Mid(table.baseline.title),
        )
    ]
    if table.seconds is not None:
        said.append(catalogue.say("method.time", seconds=catalogue.number(table.seconds, 2)))
    lead = paragraphs([catalogue.together(said)], "lead")
    pieces = [lead, _residuals(table, catalogue), _caveats(table, catalogue), _again(table, catalogue)]
    return section(name, catalogue, catalogue.say("method.title"), *pieces, _citing(table, catalogue))


def _residuals(table: Provenance, catalogue: Catalogue) -> str:
    parts = [
        catalogue.say(
            "method.residual-part" if alternative.residual_value else "method.residual-none",
            alternative=alternative.title,
            amount=Amount(alternative.residual_value, exact=True),
        )
        for alternative in table.alternatives
    ]
    return f"<h3>{escape(catalogue.say('method.residual'))}</h3>{_items(parts)}"


def _caveats(table: Provenance, catalogue: Catalogue) -> str:
    return f"<h3>{escape(catalogue.say('method.caveats'))}</h3>{_items(table.caveats)}" if table.caveats else ""


def _items(texts: list[str] | tuple[str, ...]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{emphasised(text)}</li>" for text in texts)}</ul>'


def _again(table: Provenance, catalogue: Catalogue) -> str:
    commands = f"itilsim replay results/{table.folder}\nitilsim report results/{table.folder}"
    software = "".join(f"<li>{escape(name)} <code>{escape(version)}</code></li>" for name, version in table.software.items())
    hashes = "".join(f"<li>{escape(name)} <code>{escape(text[:16])}</code></li>" for name, text in table.hashes.items())
    pieces = [
        f"<h3>{escape(catalogue.say('method.again'))}</h3><pre tabindex='0'><code>{escape(commands)}</code></pre>",
        paragraphs([catalogue.say("method.again-note")], "note"),
        f'<h3>{escape(catalogue.say("method.versions"))}</h3><ul class="versions">{software}</ul>' if software else "",
        f'<h3>{escape(catalogue.say("method.hashes"))}</h3><ul class="versions">{hashes}</ul>' if hashes else "",
    ]
    return "".join(pieces)


def _citing(table: Provenance, catalogue: Catalogue) -> str:
    """Returns how to cite the study: in words, and as an entry for BibTeX."""
    version, inputs = table.software.get("itilsim", ""), table.hashes.get("inputs", "")
    fields: dict[str, object] = {
        "title": table.title,
        "version": version,
        "futures": Plural(table.futures, "future"),
        "seed": str(table.seed),
        "inputs": inputs,
    }
    pieces = (
        f"<h3>{escape(catalogue.say('method.cite'))}</h3>",
        paragraphs([catalogue.say("method.citation", **fields)], "cite"),
        f"<pre tabindex='0'><code>{escape(_bibtex(table, version, inputs))}</code></pre>",
    )
    return "".join(pieces)


def _bibtex(table: Provenance, version: str, inputs: str) -> str:
    """Returns the entry in English, as bibliographies have it; signs that TeX would obey are quoted."""
    title = re.sub(r"([&%$#_{}])", r"\\\1", table.title)
    key = re.sub(r"[^a-z0-9-]+", "-", table.case.lower()) + (f"-{inputs[:8]}" if inputs else "")
    return (
        f"@misc{{{key},\n  title = {{{{{title}}}}},\n"
        f"  howpublished = {{Simulated with itilsim {version}}},\n"
        f"  note = {{{table.futures} futures, seed {table.seed}, engine {table.engine}, inputs {inputs}}},\n}}"
    )
