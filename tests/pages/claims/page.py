"""A finished page read as text: the sentences of its English edition, section by section, its tables, and the data of its drawings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = ("meta", "link", "br", "hr", "input", "img", "path", "line", "circle", "rect")


@dataclass
class Node:
    """An element of the page."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text within."""
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.attributes.get("class", "").split()

    def all(self, *tags: str) -> list[Node]:
        """Return the elements within that have one of the tags, in order; what lies within such an element is not looked at again."""
        found: list[Node] = []
        for each in self.children:
            if isinstance(each, Node):
                found += [each] if each.tag in tags else each.all(*tags)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass(frozen=True)
class Said:
    """One text of a page: its section, what kind of text it is, and what it says."""

    section: str
    kind: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table of numbers: its section, its name, its heads, and its cells, the lines of a cell parted by a new line."""

    section: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """What a page says in English: texts, tables, and for each drawing its data."""

    said: tuple[Said, ...]
    tables: tuple[Table, ...]
    drawn: dict[str, dict[str, Any]]


def read_page(path: Path) -> Page:
    """Read the English edition of a page."""
    text = path.read_text(encoding="utf-8")
    reader = _Reader()
    body = text[text.index("<body>") : text.index("</body>")]
    reader.feed(re.sub(r"<script>.*?</script>|<script type.*?</script>", "", body, flags=re.DOTALL))
    edition = next(node for node in reader.open[0].all("div") if node.attributes.get("data-language") == "en")
    said: list[Said] = []
    tables: list[Table] = []
    for section in edition.all("header", "section"):
        said += _texts(section)
        tables += _tables(section)
    scripts = re.findall(r'<script type="application/json" id="data-([\w-]+)">(.*?)</script>', text, flags=re.DOTALL)
    drawn = {name: json.loads(data) for name, data in scripts if not name.startswith("zh-")}
    return Page(tuple(said + _travelling(drawn)), tuple(tables), drawn)


def _travelling(drawn: dict[str, dict[str, Any]]) -> list[Said]:
    """Return the sentences that the page shows when its reader chooses another target, risk or future."""
    targets = drawn.get("at-least", {}).get("layout", {}).get("meta", {}).get("targets", ())
    choices = drawn.get("exceedance", {}).get("layout", {}).get("meta", {}).get("choices", ())
    said = [("at-least", each["said"]) for each in targets] + [("exceedance", each["said"]) for each in choices]
    return [Said(section, "lead", text.replace("**", "")) for section, text in said]


def _texts(section: Node) -> list[Said]:
    found = []
    name = section.attributes["id"]
    for node in section.all("p", "dl", "ul"):
        if node.tag == "p":
            if node.text.strip() and not {"download", "case", "curves-label"} & set(node.classes):
                found.append(Said(name, " ".join(node.classes) or "answer", node.text))
        elif node.tag == "ul":
            found += [Said(name, "item", item.text) for item in node.all("li") if "plain" in node.classes]
        else:
            found += [Said(name, node.classes[0], _lines(pair)) for pair in _pairs(node)]
    return found


def _pairs(node: Node) -> list[Node]:
    """Return each term of a list with what stands beside it; its verdict or number and its note stand on lines of their own."""
    for pair in node.all("div"):
        for part in pair.all("dt", "dd"):
            pair.children += part.all("b", "span")
            part.children = [each for each in part.children if isinstance(each, str) or each.tag not in ("b", "span")]
    return node.all("div")


def _lines(pair: Node) -> str:
    return "\n".join(text for part in pair.all("dt", "dd", "b", "span") if (text := part.text.strip()))


def _tables(section: Node) -> list[Table]:
    found = []
    for node in section.all("table"):
        if "numbers" in node.classes:
            heads, *rows = [tuple(_cell(cell) for cell in row.all("th", "td")) for row in node.all("tr")]
            found.append(Table(section.attributes["id"], " ".join(node.classes), heads, tuple(rows)))
    return found


def _cell(cell: Node) -> str:
    parts = [cell.text] if not cell.all("span", "div") else []
    for each in cell.children:
        if isinstance(each, str):
            parts += [each] if cell.all("span", "div") else []
        elif each.tag == "span":
            parts.append("\n" + each.text)
        elif each.tag == "div":
            parts.append(_cell(each))
    return "".join(parts)
