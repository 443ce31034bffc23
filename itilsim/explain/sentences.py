"""What an event is called in a story, by the section of the block that it belongs to and the step that it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from itilsim.engine.reference.trace import Event
from itilsim.explain.vocabulary import Named, Vocabulary, in_words, span
from itilsim.plan import rows

PHASES = {
    rows.TRANSITION: "{provider} and {consumer} begin to work together: the transition starts",
    rows.LIVE: "{consumer} and {provider} go live",
    rows.NOTICE: "notice is given: the relationship of {consumer} and {provider} will end",
    rows.ENDED: "the relationship of {consumer} and {provider} ends",
}
STEPS: dict[tuple[str, str, str], str] = {
    ("failures", "stream", ""): "{title}: {suspended} through its {aspect}",
    ("failures", "not accepted", "remote"): "it cannot be mended from afar; {mend} has to come",
    ("failures", "due", "arrived"): "{mend} arrives on site",
    ("failures", "done", "remote"): "mended after {elapsed}{open}",
    ("failures", "done", "visit"): "mended on site after {elapsed}{open}",
    ("failures", "loss", "used"): "the hole is used before it is mended",
    ("changes", "stream", ""): "the customer's requirements move",
    ("changes", "not accepted", "work"): "the change is refused at acceptance and worked on again",
    ("changes", "done", "work"): "the change is accepted after {elapsed}",
    ("changes", "due", "broken"): "the change breaks the service",
    ("changes", "done", "repair"): "the service is repaired",
    ("deliveries", "due", "begins"): "{team} begins the {title}",
    ("deliveries", "not accepted", "work"): "the {title} is refused at acceptance; a part of it is done again",
    ("deliveries", "not accepted", "rework"): "the {title} is refused at acceptance once more",
    ("deliveries", "done", "work"): "the {title} is accepted after {elapsed}",
    ("deliveries", "done", "rework"): "the {title} is accepted after {elapsed}",
    ("risks", "stream", ""): "{title}",
    ("risks", "due", "found"): "it is found after {elapsed}",
    ("risks", "done", "rotation"): "{rotates} has rotated the keys and reviewed the code, {elapsed} after it happened",
    ("risks", "due", "attack"): "somebody tries to attack with what has leaked",
    ("risks", "loss", "exploit"): "the attack succeeds",
    ("risks", "loss", "fine"): "a fine is imposed",
    ("risks", "loss", "loss"): "the loss is settled",
    ("risks", "loss", ""): "the loss is settled",
    ("risks", "due", "over"): "the notice has run out",
    ("capacities", "decision", "order"): "the load reaches its threshold: {orders} orders {step} users more for {title}",
    ("capacities", "due", "arrives"): "the capacity ordered arrives",
    ("controls", "decision", "added"): "the expected loss is above what {consumer} bears: at the yearly review {party} adds {title}",
    ("relationships", "decision", "early-end"): "{consumer} decides to end the contract with {provider} early",
    ("relationships", "decision", "not-renewed"): "{consumer} does not renew the contract with {provider}",
    ("relationships", "decision", "provider-leaves"): "{provider} leaves: its margin has been negative",
    ("relationships", "due", "goes-live"): "what is due at go-live",
    ("relationships", "due", "ends"): "what is due at the end",
    ("relationships", "due", "over-early-end"): "the notice has run out",
    ("relationships", "due", "over-not-renewed"): "the notice has run out",
    ("relationships", "due", "over-provider-leaves"): "the notice has run out",
    ("prices", "due", "rest"): "the rest of the price of {title} is due",
    ("teams", "due", "hired"): "{title} has been hired",
}
"""(section, kind of event, what follows the block's name) -> a sentence without capital letter and full stop."""
SILENT = {("failures", "done", "triage"), ("changes", "done", "triage")}
"""Steps that only pass work on."""


def sentence_of(event: Event, named: Named, words: Vocabulary, *, elapsed: float, open_hours: float | None) -> str:
    """Say what an event is; "" for a step that only passes work on.

    `elapsed` is the time since its occurrence began, in hours; `open_hours` those of it that the service counts, None where all do.
    """
    if event.kind == "start":
        return "the agreement is signed" if words.blocks.get("relationships") else "the time looked at begins"
    if event.kind == "begins" or (named.section, event.kind, named.rest) in SILENT:
        return ""
    template = STEPS.get((named.section, event.kind, named.rest))
    if template is None:
        return _otherwise(event, named)
    within = "" if open_hours is None else f", {span(open_hours)} of it in office hours"
    return template.format_map({**_facts(named, words), "elapsed": span(elapsed), "open": within})


def phase_sentence(named: Named, words: Vocabulary, phase: float) -> str:
    """Say that a relationship enters a phase."""
    return PHASES[int(phase)].format(**words.relationship(named.name))


def _otherwise(event: Event, named: Named) -> str:
    what = in_words(named.name) + (f", {in_words(named.rest)}" if named.rest else "")
    ends = {"not accepted": "is not accepted", "done": "is done", "loss": "is a loss", "decision": "is decided", "due": "is due"}
    return f"{what} {ends.get(event.kind, 'happens')}"


def _facts(named: Named, words: Vocabulary) -> dict[str, Any]:
    """Give the titles that a sentence about a block may need."""
    block = named.block
    facts: dict[str, Any] = {"title": words.block(named.section, named.name)}
    for field, of in (("mend", "teams"), ("team", "teams"), ("rotates", "teams"), ("orders", "teams")):
        if isinstance(name := getattr(block, field, None), str):
            facts[field] = words.block(of, name)
    if isinstance(party := getattr(block, "party", None), str):
        facts["party"] = words.party(party)
    relationship = named.name if named.section == "relationships" else getattr(block, "relationship", "")
    facts |= words.relationship(relationship)
    more: dict[str, Callable[[Any], dict[str, Any]]] = {
        "failures": lambda b: {"aspect": b.aspect, "suspended": _suspended(b, words)},
        "capacities": lambda b: {"step": f"{b.step.likely:g}"},
    }
    if named.section in more:
        facts |= more[named.section](block)
    return facts


def _suspended(block: Any, words: Vocabulary) -> str:
    return f"{block.suspends.likely * 100.0:g} % of the use of {_reached(block, words)} stops"


def _reached(block: Any, words: Vocabulary) -> str:
    return words.block("products", block.product) if block.product else words.block("services", block.service)
