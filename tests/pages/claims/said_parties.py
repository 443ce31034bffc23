"""What the part on the parties claims: in how many futures all contracting parties gain, and what the sponsor would sign."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.pages.claims.forms import Context, form, titles
from tests.pages.claims.said_people import contracting
from tests.pages.claims.stored import Share, Stored, average, counted
from tests.pages.claims.words import amount, chance


def together(stored: Stored) -> dict[str, Share]:
    """Count for each alternative of several parties in how many futures all gain and no tolerant third party loses beyond measure."""
    found = {}
    for name in stored.names:
        nets = {party: stored.split("values", "net_value", party=party).get(name) for party in contracting(stored, name)}
        gains = [net > 0 for net in nets.values() if net is not None]
        if len(gains) < 2:
            continue
        for entry in stored.manifest.get("parties", ()):
            net = stored.split("values", "net_value", party=str(entry["name"])).get(name)
            if entry.get("tolerance") is not None and net is not None:
                gains.append(net >= -float(entry["tolerance"]))
        found[name] = counted(np.all(gains, axis=0))
    return found


def _most_together(context: Context, *, alone: bool) -> Iterator[str]:
    found = together(context.stored)
    first = max(found.values(), key=lambda share: share.count)
    near = [n for n, s in found.items() if first.value - s.value <= 2 * float(np.hypot(first.error, s.error)) or s.count == first.count]
    named = context.choices("parts")
    if sorted(named) != sorted(near) or (len(named) == 1) != alone:
        yield f"most often with {near}"
    yield from chance(context["chance"], first)


@form("people", "All contracting parties gain in the same future most often with {parts:choices}: {chance:chance}.")
def all_gain(context: Context) -> Iterator[str]:
    """One is surely the one with which all gain most often."""
    yield from _most_together(context, alone=True)


@form(
    "people",
    "All contracting parties gain in the same future most often with {parts:choices}, which cannot be told apart: {chance:chance}.",
)
def all_gain_level(context: Context) -> Iterator[str]:
    """Several cannot be told apart."""
    yield from _most_together(context, alone=False)


@form("people", "With no alternative do all contracting parties gain in the same future.")
def never_together(context: Context) -> Iterator[str]:
    """In no future do all gain."""
    if any(share.count for share in together(context.stored).values()):
        yield "in some they do"


def _signed(context: Context, names: list[str]) -> Iterator[str]:
    signed = [entry["alternative"] for entry in context.stored.manifest["sponsor"] if entry["signs"]]
    if names != signed:
        yield f"signed would be {signed}"


@form("people", "The sponsor would sign every one of the alternatives.")
def signs_all(context: Context) -> Iterator[str]:
    """All are signed."""
    yield from _signed(context, context.stored.names)


@form("people", "The sponsor would sign {parts:choices}, and no other.")
def signs_some(context: Context) -> Iterator[str]:
    """Some are signed."""
    yield from _signed(context, context.choices("parts"))


@form("people", "The sponsor would sign none of the alternatives.")
def signs_none(context: Context) -> Iterator[str]:
    """None is signed."""
    yield from _signed(context, [])


@form(
    "people",
    "{heading:text}\n{why:text}\n{verdict:text}\n(as perceived: mean {mean:amount}, mean of the worst futures {cvar:amount})",
    "sponsor",
)
def sponsor_says(context: Context) -> Iterator[str]:
    """The sponsor's word with its numbers as the manifest has them."""
    title = max((title for title in titles(context.stored) if context["heading"].startswith(title)), key=len)
    entries = [entry for entry in context.stored.manifest["sponsor"] if entry["alternative"] == context.named(title)]
    words = {True: "Would sign", False: "Would not sign"}
    if not any(words[entry["signs"]] == context["verdict"] and entry["why"].strip() == context["why"].strip() for entry in entries):
        yield f"the sponsor says {entries}"
    for key in ("mean", "cvar"):
        faults = [list(amount(context[key], average(np.array([entry[key]] * 2)), signed=True)) for entry in entries]
        yield from [] if [] in faults else faults[0]
