"""A summary in Markdown, for a mail or a pull request: answer, strip, risks, what first place hangs on, how to compute again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from itilsim.exports.needed import whole
from itilsim.figures import first_place
from itilsim.figures.decision_strip import columns
from itilsim.figures.wording import Catalogue, Mid, Months, NumberTable, Plural
from itilsim.pages.answer import answer
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.parts import rankings, risks
from itilsim.tables.net_value import read_strip
from itilsim.tables.provenance import read_provenance
from itilsim.tables.rare import read_rare_risks
from itilsim.tables.result import Result, open_result
from itilsim.tables.sensitivity import read_sensitivity
from itilsim.tables.variants import read_variants


def write_summary(result: Path, out: Path | None = None, *, language: str = "en") -> Path:
    """Writes the summary of a stored result and returns where it is: `out`, or report.md in the results folder.

    Raises ResultFault where the folder cannot be read.
    """
    return whole(out or Path(result) / "report.md", summary_of(result, language=language).encode())


def summary_of(result: Path, *, language: str = "en") -> str:
    """Returns the summary of a stored result as Markdown, under sixty lines. Raises ResultFault where the folder cannot be read."""
    opened = open_result(result).in_language(language)
    catalogue = open_catalogue(language, opened.currency)
    return "\n".join(_lines(opened, catalogue)).replace("\u00a0", " ") + "\n"


def _lines(result: Result, catalogue: Catalogue) -> Iterator[str]:
    table = read_strip(result)
    yield from (f"# {result.manifest['title']}", "", str(result.manifest.get("question") or ""), "")
    for sentence in answer(table, catalogue):
        yield from (sentence, "")
    yield from _table(columns(table, catalogue), catalogue)
    yield from _part(catalogue.say("summary.risks"), _risks(result, catalogue))
    yield from _part(catalogue.say("summary.hangs"), _hangs(result, catalogue))
    yield from _computed(result, catalogue)


def _table(table: NumberTable, catalogue: Catalogue) -> Iterator[str]:
    rows = [[catalogue.word(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in (table.heads, *table.rows)]
    sides = ["---", *("---:" for _ in rows[0][1:])]
    yield from (f"| {' | '.join(cells)} |" for cells in (rows[0], sides, *rows[1:]))


def _part(title: str, sentences: list[str]) -> Iterator[str]:
    if sentences:
        yield from ("", f"## {title}", "", *(f"- {sentence}" for sentence in sentences))


def _risks(result: Result, catalogue: Catalogue) -> list[str]:
    table = read_rare_risks(result) if result.has("rare") else None
    return risks.sentences(table, catalogue) if table and table.rows else []


def _hangs(result: Result, catalogue: Catalogue) -> list[str]:
    """Says what can change first place: inputs where a sensitivity is stored, and other horizons."""
    varied = read_sensitivity(result)
    said = first_place.sentences(varied, catalogue) if varied else []
    if result.has("variants"):
        said += rankings.sentences(read_variants(result), int(result.manifest["horizon_months"]), catalogue)
    return said


def _computed(result: Result, catalogue: Catalogue) -> Iterator[str]:
    table = read_provenance(result)
    fields = {
        "futures": Plural(table.futures, "future"),
        "horizon": Months(table.horizon_months),
        "rate": catalogue.number(100 * table.discount_rate, 3) + " %",
        "baseline": Mid(table.baseline.title),
        "engine": table.engine,
        "seed": str(table.seed),
        "version": table.software.get("itilsim", ""),
        "inputs": table.hashes.get("inputs", "")[:16],
    }
    yield from ("", f"## {catalogue.say('method.title')}", "", catalogue.say("summary.computed", **fields))
    if not table.complete:
        yield from ("", catalogue.say("page.incomplete", futures=fields["futures"]))
    yield from ("", "```sh", f"itilsim replay results/{table.folder}", f"itilsim report results/{table.folder}", "```")
