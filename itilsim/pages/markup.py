"""Small pieces of HTML: escaped text, sentences, tables that scroll within themselves, sections."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from io import StringIO
from urllib.parse import unquote

from itilsim.figures.unrounded import Unrounded, Value, unrounded
from itilsim.figures.wording import Amount, Catalogue, Months, NumberTable, Percent

LINK = "data:text/csv;charset=utf-8,%EF%BB%BF"
"""How the link to a table's numbers begins; the mark of order tells spreadsheets that the text is Unicode."""
NUMBERS = (Amount, Percent, Months, int, float)


def emphasised(text: str) -> str:
    """Escapes a sentence and turns what stands between double stars into strong text."""
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))


def paragraphs(sentences: Iterable[str], kind: str) -> str:
    """Returns each sentence as a paragraph of a class."""
    return "".join(f'<p class="{kind}">{emphasised(sentence)}</p>' for sentence in sentences)


def anchor(name: str, catalogue: Catalogue) -> str:
    """Returns the anchor of a named place in a language's edition: its name in English, with the language before it in another."""
    code = catalogue.code
    return name if code == "en" else f"{code}-{name}"


def section(name: str, catalogue: Catalogue, title: str, *parts: str) -> str:
    """Returns a section with an anchor and a heading; parts that are empty leave nothing behind."""
    return f'<section id="{anchor(name, catalogue)}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def number_table(table: NumberTable, catalogue: Catalogue, title: str, *, kind: str = "") -> str:
    """Returns a table of numbers, its first column the rows' heads, in a region that scrolls sideways when it must."""
    heads = [escape(catalogue.word(head)) for head in table.heads]
    sides = _sides(table)
    head = "".join(f'<th scope="col"{side}>{text}</th>' for text, side in zip(heads, sides, strict=True))
    rows = []
    for row in table.rows:
        first, *words = [_lines(catalogue.word(cell)) for cell in row]
        cells = "".join(
            f'<td{side} data-label="{text}"><div>{word}</div></td>' for word, text, side in zip(words, heads[1:], sides[1:], strict=True)
        )
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    label = escape(catalogue.say("page.scroll", title=title))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table class="numbers {kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{_download(table, catalogue, title)}"
    )


def _download(table: NumberTable, catalogue: Catalogue, title: str) -> str:
    """Returns a link that holds the numbers of a table unrounded, as a file to keep: it asks nobody and needs no script."""
    said, label = catalogue.say("unrounded.download"), catalogue.say("unrounded.download-of", title=title)
    return (
        f'<p class="download"><a class="csv" download="{escape(file_name(title))}.csv" data-title="{escape(title)}" '
        f'aria-label="{escape(label)}" href="{escape(LINK + _encoded(unrounded(table, catalogue).as_csv()))}">{escape(said)}</a></p>'
    )


def file_name(title: str) -> str:
    """Returns a title as the name of a file, without an ending."""
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def downloads(html: str) -> Iterator[tuple[str, Unrounded]]:
    """Gives the tables that a piece of the page offers to keep, each with its title; a column that holds only numbers is one of numbers."""
    for title, link in re.findall(r'<a class="csv" [^>]*data-title="([^"]*)" [^>]*href="([^"]*)"', html):
        heads, *rows = csv.reader(StringIO(unquote(unescape(link).removeprefix(LINK))))
        columns = [_read(list(cells)) for cells in zip(*rows, strict=True)]
        yield unescape(title), Unrounded(tuple(heads), tuple(zip(*columns, strict=True)))


def _read(cells: list[str]) -> list[Value]:
    if all(re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?|", cell) for cell in cells):
        return [float(cell) if cell else None for cell in cells]
    return [cell.removeprefix("'") or None for cell in cells]


def _encoded(text: str) -> str:
    """Encodes what would end or change a link's data."""
    for sign in "%#\t\r\n":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _lines(text: str) -> str:
    """Sets the lines of a cell after the first small beneath it."""
    first, *more = escape(text).split("\n")
    return first + "".join(f'<span class="sub">{line}</span>' for line in more)


def _sides(table: NumberTable) -> list[str]:
    """Puts columns of numbers, but never the first, to the right."""
    numeric = [i in table.numeric or any(isinstance(row[i], NUMBERS) for row in table.rows) for i in range(len(table.heads))]
    return [' class="n"' if i and right else "" for i, right in enumerate(numeric)]


def details(summary: str, body: str, *, kind: str = "") -> str:
    """Returns a part that opens on request, by mouse or by key."""
    own = f' class="{kind}"' if kind else ""
    return f"<details{own}><summary>{escape(summary)}</summary>{body}</details>"
