"""What a manifest says of a study and of a sweep alike."""

from __future__ import annotations

from typing import Any


class Described:
    """Something simulated that a manifest describes."""

    manifest: dict[str, Any]

    @property
    def replications(self) -> int:
        """The number of worlds, at each point of a sweep."""
        return int(self.manifest["replications"])

    @property
    def baseline(self) -> str:
        """The alternative that all others are measured against."""
        return str(self.manifest["baseline"])

    @property
    def decision_maker(self) -> str:
        """The party that decides."""
        return str(self.manifest["decision_maker"])

    @property
    def alternatives(self) -> tuple[str, ...]:
        """All alternatives that were simulated, the baseline too."""
        return tuple(each["name"] for each in self.manifest["alternatives"])

    @property
    def parties(self) -> tuple[str, ...]:
        """All parties."""
        return tuple(each["name"] for each in self.manifest["parties"])
