"""What exports need beside the package itself, and how their files appear: whole or not at all."""

from __future__ import annotations

from pathlib import Path


class NotInstalled(Exception):
    """Something is missing on this machine; the text is a sentence that says what, and the command that installs it."""

    def __init__(self, wanted: str, missing: str, how: str = "pip install 'itilsim[export]'") -> None:
        """Takes what was asked for, what it lacks, and how to get that."""
        super().__init__(f"{wanted} need {missing}, which is not on this machine; install it: {how}")


def whole(path: Path, content: bytes) -> Path:
    """Writes a file that appears whole or not at all, and returns where it is."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    return part.replace(path)
