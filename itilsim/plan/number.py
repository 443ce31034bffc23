"""Numbers that may depend on what the planner does not know: a constant plus products of up to four unknown inputs."""

from __future__ import annotations

from dataclasses import dataclass


class TooManyUnknown(ValueError):
    """Signals that more than four unknown inputs were multiplied, which a plan's parameter cannot hold."""


@dataclass(frozen=True)
class Number:
    """A sum of terms, each a coefficient times the product of the unknown inputs that its key names (none: the constant)."""

    terms: tuple[tuple[tuple[str, ...], float], ...] = ()

    @staticmethod
    def of(value: Number | float) -> Number:
        """Give a number for a plain constant, or the number itself."""
        return value if isinstance(value, Number) else Number((((), float(value)),))

    @staticmethod
    def unknown(name: str) -> Number:
        """Give the number that is one unknown input."""
        return Number((((name,), 1.0),))

    @property
    def constant(self) -> float:
        """The constant part."""
        return sum(c for names, c in self.terms if not names)

    @property
    def depends(self) -> tuple[tuple[tuple[str, ...], float], ...]:
        """The terms that name unknown inputs."""
        return tuple((names, c) for names, c in self.terms if names)

    def __add__(self, other: Number | float) -> Number:
        total: dict[tuple[str, ...], float] = {}
        for names, coefficient in (*self.terms, *Number.of(other).terms):
            total[names] = total.get(names, 0.0) + coefficient
        return Number(tuple(sorted(total.items())))

    __radd__ = __add__

    def __neg__(self) -> Number:
        return self * -1.0

    def __sub__(self, other: Number | float) -> Number:
        return self + (-Number.of(other))

    def __rsub__(self, other: Number | float) -> Number:
        return Number.of(other) - self

    def __mul__(self, other: Number | float) -> Number:
        total: dict[tuple[str, ...], float] = {}
        for left, a in self.terms:
            for right, b in Number.of(other).terms:
                names = tuple(sorted((*left, *right)))
                if len(names) > 4:
                    raise TooManyUnknown(f"a number can multiply four unknown inputs at most, not {', '.join(names)}")
                total[names] = total.get(names, 0.0) + a * b
        return Number(tuple(sorted(total.items())))

    __rmul__ = __mul__

    def __truediv__(self, other: float) -> Number:
        return Number(tuple((names, c / other) for names, c in self.terms))

    def at(self, theta: dict[str, float]) -> float:
        """Give the value for stated unknown inputs."""
        total = 0.0
        for names, coefficient in self.terms:
            for name in names:
                coefficient *= theta[name]
            total += coefficient
        return total
