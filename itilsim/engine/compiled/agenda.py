"""The agenda: what is due next, kept sorted by time, rank, row and order of entry, the next one last."""

from __future__ import annotations

from typing import Any

from numba.extending import register_jitable

from itilsim.engine.compiled.layout import AGENDA, FULL_AGENDA, FULL_PENDING, ROW_BITS
from itilsim.plan.rows import DUE


@register_jitable
def push(s: Any, time: float, rank: int, row: int, ref: int) -> None:
    """Put an event on the agenda, behind those of the same time, rank and row."""
    n = s.agenda_n
    if n >= AGENDA:
        s.error = FULL_AGENDA
        return
    key = (rank << ROW_BITS) + row
    while n > 0:
        before = s.agenda[n - 1]
        if before.time > time or (before.time == time and before.key > key):
            break
        s.agenda[n].time = before.time
        s.agenda[n].key = before.key
        s.agenda[n].ref = before.ref
        n -= 1
    s.agenda[n].time = time
    s.agenda[n].key = key
    s.agenda[n].ref = ref
    s.agenda_n += 1


@register_jitable
def push_due(
    s: Any, time: float, row: int, stream: int, layer: int, k: int, attempt: int, born: float, amount: int
) -> None:
    """Put a due effect on the agenda with the identity of its occurrence."""
    place = s.free_pending
    if place >= 0:
        s.free_pending = s.pending[place].next
    elif s.pending_used < AGENDA:
        place = s.pending_used
        s.pending_used += 1
    else:
        s.error = FULL_PENDING
        return
    due = s.pending[place]
    due.stream = stream
    due.layer = layer
    due.k = k
    due.attempt = attempt
    due.amount = amount
    due.born = born
    push(s, time, DUE, row, place)


@register_jitable(forceinline=True)
def free_due(s: Any, place: int) -> None:
    """Give the place of a due effect back."""
    s.pending[place].next = s.free_pending
    s.free_pending = place


@register_jitable
def take_back(s: Any, row: int, stream: int, layer: int, k: int) -> int:
    """Take a pending due effect of an occurrence off the agenda; give its amount, or -1 where none is pending."""
    n = s.agenda_n
    key = (DUE << ROW_BITS) + row
    for i in range(n):
        if s.agenda[i].key != key:
            continue
        place = s.agenda[i].ref
        due = s.pending[place]
        if due.stream == stream and due.layer == layer and due.k == k:
            for j in range(i, n - 1):
                s.agenda[j].time = s.agenda[j + 1].time
                s.agenda[j].key = s.agenda[j + 1].key
                s.agenda[j].ref = s.agenda[j + 1].ref
            s.agenda_n = n - 1
            free_due(s, place)
            return int(due.amount)
    return -1
