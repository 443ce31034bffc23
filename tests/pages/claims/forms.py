"""Forms of sentences: a pattern with named fields, in which titles and numbers may stand, and the function that checks what it claims.

A field is written {name:kind}. Kinds: `choice` (an alternative or the baseline), `choices` (a list of them), `amount`, `chance`, `time`,
`futures`, `count`, and `text` for what is checked by the form itself. A paragraph is taken apart into forms that follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.pages.claims.page import Page, Said
from tests.pages.claims.stored import Stored
from tests.pages.claims.words import CHANCE, DIGITS, TIME, amount_pattern


@dataclass(frozen=True)
class Fault:
    """A sentence of a page that claims what the stored numbers do not say, with the reasons."""

    section: str
    text: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"[{self.section}] {self.text}\n    " + "\n    ".join(self.reasons)


@dataclass
class Context:
    """What a check looks at: the folder, the page, and where in it the sentence stands."""

    stored: Stored
    page: Page
    said: Said
    form: str
    fields: dict[str, str]
    before: list[Context] = field(default_factory=list)
    """What was said earlier in the same section, in order."""

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    @property
    def earlier(self) -> list[str]:
        """The forms that matched earlier in the same section, in order."""
        return [each.form for each in self.before]

    def choice(self, name: str) -> str:
        """Return the name of the alternative, or the baseline, that a field calls by its title."""
        return self.named(self.fields[name])

    def named(self, title: str) -> str:
        """Return the alternative, or the baseline, of a title; where two have one title, the first."""
        known = (*self.stored.names, self.stored.baseline)
        return next(each for each in known if same(title, self.stored.title(each)))

    def choices(self, name: str) -> list[str]:
        """Return the alternatives that a field lists."""
        return [self.named(found["title"]) for found in listed(self.fields[name], f"(?P<title>{any_of(titles(self.stored))})")]


Check = Callable[[Context], Iterable[str]]


@dataclass(frozen=True)
class Form:
    """One form of sentence: the sections where it may stand, its template, and its check."""

    sections: tuple[str, ...]
    kind: str
    template: str
    check: Check

    @property
    def name(self) -> str:
        """What the form is called among the forms that matched."""
        return self.check.__name__

    def stands(self, said: Said) -> bool:
        """Say whether the form may stand where a text does."""
        return self.kind in (said.kind, "*") and bool({said.section, "*"} & set(self.sections))


FORMS: list[Form] = []


def form(sections: str, template: str, kind: str = "lead") -> Callable[[Check], Check]:
    """Declare a form; `sections` are parted by spaces, "*" stands for all."""

    def declare(check: Check) -> Check:
        FORMS.append(Form(tuple(sections.split()), kind, template, check))
        return check

    return declare


def same(a: str, b: str) -> bool:
    """Say whether two spellings are one title: the first letter may be small inside a sentence."""
    return a[:1].lower() + a[1:] == b[:1].lower() + b[1:]


def titles(stored: Stored) -> list[str]:
    """Return what the alternatives and the baseline are called."""
    return [stored.title(name) for name in (*stored.names, stored.baseline)]


def any_of(texts: Iterable[str]) -> str:
    """Return a pattern for any of some titles, the longest first, each with a large or a small first letter."""
    spelled = (f"(?:{re.escape(text[:1].upper())}|{re.escape(text[:1].lower())}){re.escape(text[1:])}" for text in texts)
    return "(?:" + "|".join(sorted(spelled, key=len, reverse=True)) + ")"


def listed(text: str, pattern: str) -> list[re.Match[str]]:
    """Return the parts of a list in a sentence ("a, b and c", or "a; b; c"), each of a pattern. Raises ValueError where it is none."""
    one = re.compile(pattern)
    if "; " in text and all(clauses := [one.fullmatch(clause) for clause in text.split("; ")]):
        return [match for match in clauses if match]

    def rest(at: int, found: list[re.Match[str]]) -> list[re.Match[str]] | None:
        if at == len(text) and found:
            return found
        starts = [("", at)] if not found else [(gap, at + len(gap)) for gap in (" and ", ", ") if text.startswith(gap, at)]
        for gap, start in starts:
            for match in _lengths(one, text, start):
                ends = match.end() == len(text)
                if (gap == " and ") != (ends and bool(found)) and gap:
                    continue
                if (more := rest(match.end(), [*found, match])) is not None:
                    return more
        return None

    parts = rest(0, [])
    if parts is None:
        raise ValueError(f"no such list: {text!r}")
    return parts


def _lengths(one: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    """Give the matches at a place, where the rest is either nothing or goes on as a list does."""
    for end in [m.start() for m in re.finditer(r", | and ", text[start:])] + [len(text) - start]:
        if match := one.fullmatch(text, start, start + end):
            yield match


def compiled(template: str, stored: Stored) -> re.Pattern[str]:
    """Return the pattern of a template for one study, whose titles it knows."""
    choice, today = any_of(titles(stored)), any_of([stored.title(stored.baseline)])
    money = amount_pattern(stored.currency)
    kinds = {
        "choice": choice,
        "today": today,
        "choices": rf"{choice}(?:(?:, |; ){choice})*(?: and {choice})?",
        "amount": money,
        "chance": CHANCE,
        "time": TIME,
        "futures": r"(?:1 future|[\d,]+ futures)",
        "count": r"[\d,]+",
        "digits": DIGITS,
        "text": r".+?",
        "target": rf"at (?:least|most) {money} (?:more|less) than {today}|at least as much as {today}",
        "when": r"(?:, nearly all of it in month \d+)?",
        "itself": r"(?:; .+? itself is sure)?",
        "plain": rf"(?:(?!{choice})[^\d])+?[.](?= |$)",
    }
    pattern, at = "", 0
    for found in re.finditer(r"\{(\w+):(\w+)\}", template):
        pattern += re.escape(template[at : found.start()]) + f"(?P<{found[1]}>{kinds[found[2]]})"
        at = found.end()
    return re.compile(pattern + re.escape(template[at:]))


class Auditor:
    """Checks the sentences of one page against one folder."""

    def __init__(self, stored: Stored, page: Page) -> None:
        self.stored = stored
        self.page = page
        self.patterns = [(each, compiled(each.template, stored)) for each in sorted(FORMS, key=lambda form_: "plain}" in form_.template)]
        self.seen: dict[str, list[Context]] = {}
        self.used: set[str] = set()

    def faults(self) -> list[Fault]:
        """Return every fault of every text, and every text that no form matches."""
        return [fault for said in self.page.said for fault in self._check(said)]

    def _check(self, said: Said) -> Iterator[Fault]:
        parsed = self._parsed(said, said.text)
        if parsed is None:
            yield Fault(said.section, said.text, ("no form of sentence is known for this",))
            return
        before = self.seen.setdefault(said.section, [])
        for form_, match in parsed:
            fields = {name: text for name, text in match.groupdict().items() if text is not None}
            context = Context(self.stored, self.page, said, form_.name, fields, list(before))
            reasons = tuple(_checked(form_, context)) + tuple(grammar(match[0]) if said.kind in ("lead", "answer", "note") else ())
            before.append(context)
            self.used.add(form_.name)
            if reasons:
                yield Fault(said.section, match[0], reasons)

    def _parsed(self, said: Said, text: str) -> list[tuple[Form, re.Match[str]]] | None:
        """Take a text apart into forms that follow one another with a space between."""
        known = [(form_, pattern) for form_, pattern in self.patterns if form_.stands(said)]
        for form_, pattern in known:
            if match := pattern.fullmatch(text):
                return [(form_, match)]
        for form_, pattern in known:
            match = pattern.match(text)
            if match and text[match.end() :][:1] == " " and (rest := self._parsed(said, text[match.end() + 1 :])) is not None:
                return [(form_, match), *rest]
        return None


def _checked(form_: Form, context: Context) -> Iterator[str]:
    """Give what a check finds; what it cannot read (a title that is none, a list that is no list) is a fault like any other."""
    try:
        yield from form_.check(context)
    except (ValueError, StopIteration, RuntimeError, KeyError) as fault:
        yield f"cannot be read: {fault!r}"


def grammar(text: str) -> Iterator[str]:
    """Say what is wrong with a sentence as a sentence."""
    if not (text[:1].isupper() or text[:1].isdigit()):
        yield "does not begin with a capital"
    if text[-1:] not in (".", ":"):
        yield "does not end with a full stop"
    for sign, why in (
        ("  ", "two spaces"),
        ("{", "an unfilled field"),
        ("*", "a mark of emphasis"),
        (r"\bnan\b", "no number"),
        ("–", "no number"),
    ):
        if re.search(sign if "\\" in sign else re.escape(sign), text):
            yield f"has {why}"
    for one in re.findall(r"\b1 (?:futures|inputs|months|years|single futures)\b", re.sub(r"(?:but|in) 1 of [\d,]+ futures", "", text)):
        yield f"says {one!r}"
