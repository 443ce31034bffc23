"""The closed set of rows that a plan is made of; engines know these and nothing else.

Fields are `int` (indices; -1 is "none") or `float`. A field that ends in `_p` is an index into the parameters (numbers that an input
unknown to the planner can reach), one that ends in `_x` an index into the state (a stock, the value of a level or a product), one that
ends in `_m` an index into the month's meters, one that ends in `_q` an index into the quantities. A slice `first, last` names rows of the
kind that the docstring says.
"""

from __future__ import annotations

from typing import NamedTuple

UNIT = 1048576.0
"""Open degradations and gaps are whole numbers of 2**-20, so that their sum does not depend on order."""

PACKAGE_DONE, DUE, TEAM_OPENS, CANDIDATE, MONTH_END = 0, 1, 2, 3, 4
"""Ranks of the five kinds of event that fall on one instant."""

POST, SETTLE, ENQUEUE, OPEN, CLOSE, ADD, PHASE, FIRE, COUNT = range(9)
"""Verbs of an effect. COUNT adds one to a meter: a number that a charge or a promise needs and no posting carries."""

LINEAR, POWER, AT_LEAST, INVERSE = range(4)
"""Forms of a modifier: a + b*x; x to the power b; b where x >= a, else nought; a / x. All are kept within [low, high]."""

MOVE, TRUST, WHEN, STEP, SERVED, INDEX, SCHEDULE, WATCH, RATIO, LEAVE = range(10)
"""Kinds of decision and of what moves at month ends; see `Decision`."""

DORMANT, TRANSITION, LIVE, NOTICE, ENDED = range(5)
"""Phases of a relationship, in the only order in which they follow each other."""

PRIORITIES = 4


class Term(NamedTuple):
    """One summand of a parameter: coefficient times up to four unknown inputs."""

    parameter: int
    coefficient: float
    first: int
    second: int
    third: int
    fourth: int


class Quantity(NamedTuple):
    """A random quantity: its family, three parameters, and the quantile table that it reads."""

    family: int
    a_p: int
    b_p: int
    c_p: int
    table: int


class Clock(NamedTuple):
    """Operational time of streams: a weekly profile and a factor for each day."""

    calendar: int
    factor_q: int


class Level(NamedTuple):
    """Open degradations or gaps. Three slots of the state follow from them: value = 1 - open, felt = 1 - open + waiting, waiting.

    For `patience` hours people wait for a degradation to be mended (it counts as waiting); then they do without (it no longer does).
    """

    value_x: int
    felt_x: int
    waiting_x: int
    patience_p: int


class Modifier(NamedTuple):
    """One factor of a product, read from a slot of the state."""

    slot_x: int
    form: int
    a_p: int
    b_p: int
    low_p: int
    high_p: int


class Product(NamedTuple):
    """A slot of the state: a parameter times modifiers `first..last`, plus another slot where there is one.

    Products are in an order in which each can be computed. Those that follow from a slot which an event can change stand in `followers`,
    from the slot's place in `followers_at` to the next: where nothing else has changed, only they are computed again.
    """

    slot_x: int
    base_p: int
    plus_x: int
    first: int
    last: int


class Stream(NamedTuple):
    """Candidates of one kind, taken when their height is under the current rate (a month); then effects `first..last`.

    With a period (hours) the candidates are due at fixed times instead, from an offset, and taken where the rate is above nought.
    """

    quantity: int
    clock: int
    unit_p: int
    bound_p: int
    rate_x: int
    period_p: int
    offset_p: int
    counter_m: int
    first: int
    last: int


class Layer(NamedTuple):
    """One layer of height of a stream: the row of its candidates."""

    stream: int
    layer: int


class Team(NamedTuple):
    """People (a stock) in crews of a size, with opening hours; serves work of one relationship (-1: of none).

    At each month end, before charges and reviews, the slot of its backlog (-1: none) is how many pieces of work wait for its people.
    """

    people_x: int
    calendar: int
    crew_p: int
    relationship: int
    backlog_x: int


class Work(NamedTuple):
    """Work for a team: content in person-hours, cut into packages; effects `first..last` when done, `fail_first..` when not accepted.

    Work whose first package has not begun after the hours of its patience (a quantity; -1: none) leaves the queue: `left_first..`.
    """

    team: int
    priority: int
    content_q: int
    content_x: int
    package_p: int
    speed_x: int
    elapsed_calendar: int
    target_p: int
    done_m: int
    within_m: int
    elapsed_m: int
    hours_m: int
    fail_q: int
    fail_x: int
    first: int
    last: int
    fail_first: int
    fail_last: int
    patience_q: int
    left_m: int
    left_first: int
    left_last: int


class Effect(NamedTuple):
    """A verb and its object, perhaps with a probability (a slot, drawn by a quantity) and, for FIRE, a delay.

    amount = parameter x quantity (1 without) x slot (1 without). `target` is an account, loss, work, level, slot, relationship, bundle or
    meter, by verb; `low` and `high` bound the slot of ADD.
    """

    verb: int
    target: int
    amount_p: int
    quantity: int
    scale_x: int
    chance_x: int
    chance_q: int
    delay_q: int
    low_p: int
    high_p: int


class Bundle(NamedTuple):
    """Effects `first..last` under one name: what FIRE fires."""

    first: int
    last: int


class Loss(NamedTuple):
    """A line of loss: severity, cap, the bearer's account, an indemnity from the other side, and an insurance (their slots -1: none)."""

    severity_q: int
    scale_x: int
    cap_p: int
    deductible_p: int
    account: int
    indemnity_account: int
    share_p: int
    liability_x: int
    assets_x: int
    cover_account: int
    cover_deductible_p: int
    cover_x: int


class Flow(NamedTuple):
    """The open-hours mean of a slot over the month, kept in a meter and, for what reads it at month end, in a slot."""

    slot_x: int
    calendar: int
    meter_m: int
    mean_x: int


class Charge(NamedTuple):
    """A month's posting: sign x parameter x slot x meter (1 without); `horizon` 1 posts in the horizon's last month only."""

    account: int
    sign: float
    amount_p: int
    scale_x: int
    basis_m: int
    horizon: int


class Promise(NamedTuple):
    """A service level: a slot that must reach a target; else a share of this month's fee (on the fee's account) comes back.

    Credits of one relationship together stay under its at-risk share; `broken_x` gathers the weights of promises broken this month.
    """

    value_x: int
    live_x: int
    target_p: int
    credit_p: int
    at_risk_p: int
    fee_account: int
    broken_x: int
    weight_p: int
    counter_m: int
    starts_group: int


class Relationship(NamedTuple):
    """A relationship's phase and the flags that follow from it; bundles fired when it goes live and when it ends."""

    phase_x: int
    live_x: int
    active_x: int
    live_bundle: int
    end_bundle: int


class Watch(NamedTuple):
    """An account and the weight with which a decision looks at it."""

    account: int
    weight_p: int


class Decision(NamedTuple):
    """What moves or is decided at a month end, every `every` months from month `offset` (of `clock_x`, an age in months, or of the world).

    Where it reads products of stocks that decisions before it move, they and those behind them (`renewed`, renew_first..renew_last) are
    computed again before it.

    `again` is 1 where something lowers the flag of a WHEN or LEAVE, so that it may fire more than once: then what it fires is told apart
    by month. What happens once in a lifetime has the identity 0 whenever it happens: a later signing meets the same luck as an early one.

    MOVE      stock towards slot a: p0 share up, p1 share down, p2 drift, p3 low, p4 high
    TRUST     stock: p0 gain, p1 ratio of loss to gain, slot a = good share, slot b = shock (taken and set to nought)
    WHEN      slot a >= p0, slot b >= p1, stock (a flag) nought: flag to one, fire the bundle
    STEP      stock one down, or up, a month where slot a of p0 steps has needed fewer, or more, for more than p1 months (counted in slot b)
    SERVED    stock = share served at headroom slot a by hour classes first..last
    INDEX     stock times 1 + quantity, at most p0
    SCHEDULE  stock = parameter number first + years passed, at most last - 1
    WATCH     stock = (p0 + mean of watched amounts over p2 months) / p1, watches first..last
    RATIO     stock = meter slot_a / meter slot_b, p0 where the latter is nought; before the service levels are held against the month
    LEAVE     flag nought, slot c (trust) <= p1, slot a (a mean month) x annuity of months left at rate p2 + slot b (exit) + p0 < 0:
              flag to one, fire the bundle
    """

    kind: int
    stock_x: int
    slot_a: int
    slot_b: int
    slot_c: int
    first: int
    last: int
    quantity: int
    bundle: int
    every: int
    offset: int
    clock_x: int
    renew_first: int
    renew_last: int
    again: int
    p0: int
    p1: int
    p2: int
    p3: int
    p4: int


class Record(NamedTuple):
    """A physical month record: a slot of the state (`meter` 0) or a meter (1)."""

    meter: int
    place: int
