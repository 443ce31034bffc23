"""How a case, a study and a story are shown, first as pieces that know neither HTML nor Markdown, then as either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from itilsim.pages.markup import emphasised
from itilsim.tables.result import capitalised
from itilsim.text.shown import Shown
from itilsim.text.wording import in_sentence

if TYPE_CHECKING:
    from itilsim.case.case import Case
    from itilsim.explain.story import Story
    from itilsim.study.study import Study

WIDTH = 100
"""Letters of a story's lines."""
LINE = "border-bottom:1px solid rgba(128,128,128,.35)"
CELL = f"padding:4px 12px 4px 0;vertical-align:top;background:none;{LINE}"


@dataclass(frozen=True)
class Title:
    """The title of what is shown."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences; what stands between double stars stands out."""

    text: str


@dataclass(frozen=True)
class Rows:
    """A table of texts: heads, and a row each; all columns but the first `left` ones are set to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


@dataclass(frozen=True)
class Told:
    """Text whose lines and spaces stay as they are."""

    text: str


Piece = Title | Paragraph | Rows | Told


def as_html(thing: Shown) -> str:
    """Returns a case, a study or a story as HTML: escaped, without scripts, in the colours of whatever holds it."""
    return f'<div style="max-width:70em;color:inherit">{"".join(_tag(piece) for piece in _pieces(thing))}</div>'


def as_markdown(thing: Shown) -> str:
    """Returns a case, a study or a story as Markdown."""
    return "\n\n".join(_marked(piece) for piece in _pieces(thing)).replace("\u00a0", " ") + "\n"


def _pieces(thing: Shown) -> Iterator[Piece]:
    from itilsim.case.case import Case
    from itilsim.explain.story import Story
    from itilsim.study.study import Study

    match thing:
        case Case():
            yield from _case(thing)
        case Study():
            yield from _study(thing)
        case Story():
            yield from _story(thing)
        case _:
            raise TypeError(f"a notebook is shown a case, a study or a story, not {type(thing).__name__}")


def _case(case: Case) -> Iterator[Piece]:
    yield Title(case.title)
    yield Paragraph(case.question)
    rows = [
        (capitalised(each.title) + (" (baseline)" if name == case.baseline else ""), each.sentence, name)
        for name, each in case.alternatives.items()
    ]
    yield Rows(("Alternative", "What it is", "Name"), tuple(rows), left=3)
    parties = ", ".join(f"{title}{' (decides)' if name == case.decision_maker else ''}" for name, title in case.party_titles.items())
    yield Paragraph(f"Parties: {parties}. Horizon {case.horizon} months, amounts in {case.currency}.")
    inputs = case.inputs()
    unknown = sum(bool(each["unknown"]) for each in inputs)
    yield Paragraph(f"{len(inputs)} inputs carry a source, a trust or a range; {unknown} of them are unknown and vary from world to world.")


def _study(study: Study) -> Iterator[Piece]:
    from itilsim.figures.decision_strip import columns
    from itilsim.notebooks.strip import strip_of
    from itilsim.pages.answer import answer
    from itilsim.pages.catalogue import open_catalogue

    yield Title(str(study.manifest["title"]))
    if len(study.alternatives) < 2 or not study.replications:
        yield Paragraph("Nothing to compare: it takes the baseline, another alternative, and worlds.")
        return
    table, catalogue = strip_of(study), open_catalogue("en", str(study.manifest["currency"]))
    yield from (Paragraph(sentence) for sentence in answer(table, catalogue))
    numbers = columns(table, catalogue)
    words = [tuple(catalogue.word(cell) for cell in row) for row in (numbers.heads, *numbers.rows)]
    yield Rows(words[0], tuple(words[1:]))
    baseline = in_sentence(table.values.baseline.title)
    said = f"{study.replications:,} worlds from seed {study.manifest['seed']}, present values against {baseline}."
    yield Paragraph(said if study.complete else f"{said} The run was interrupted: these are its first worlds.")


def _story(story: Story) -> Iterator[Piece]:
    yield Title(f"{capitalised(story.alternative.title)}: world {story.replication} of seed {story.seed}")
    yield Told("\n".join(story.told(WIDTH)))


def _tag(piece: Piece) -> str:
    match piece:
        case Title():
            return f'<p style="font-size:1.2em"><strong>{escape(piece.text)}</strong></p>'
        case Paragraph():
            return f"<p>{emphasised(piece.text)}</p>"
        case Told():
            return f'<pre style="color:inherit;background:none;white-space:pre-wrap">{escape(piece.text)}</pre>'
        case Rows():
            heads = "".join(f'<th scope="col" style="{_style(i, piece)}">{escape(head)}</th>' for i, head in enumerate(piece.heads))
            lines = "".join(f"<tr>{_cells(row, piece)}</tr>" for row in piece.rows)
            return f'<table style="border-collapse:collapse;color:inherit"><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>'


def _cells(row: tuple[str, ...], rows: Rows) -> str:
    first, *rest = row
    cells = "".join(f'<td style="{_style(i, rows)}">{escape(cell)}</td>' for i, cell in enumerate(rest, start=1))
    return f'<th scope="row" style="{_style(0, rows)}">{escape(first)}</th>{cells}'


def _style(column: int, rows: Rows) -> str:
    return f"text-align:{'left' if column < rows.left else 'right'};{CELL}"


def _marked(piece: Piece) -> str:
    match piece:
        case Title():
            return f"### {piece.text}"
        case Paragraph():
            return piece.text
        case Told():
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", piece.text)), default=0))
            return f"{fence}\n{piece.text}\n{fence}"
        case Rows():
            sides = ("---" if i < piece.left else "---:" for i in range(len(piece.heads)))
            lines = ((cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in (piece.heads, tuple(sides), *piece.rows))
            return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
