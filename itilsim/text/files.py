"""Files of a planner are read whole and small, and refused in a sentence where that cannot be done."""

from __future__ import annotations

from pathlib import Path

from itilsim.text.faults import Fault, FaultyInput

LARGEST = 5_000_000
BOM = b"\xef\xbb\xbf"


def read_bytes(path: Path, *, kind: str) -> bytes:
    """Read a whole file of at most 5 MB; raises FaultyInput where it is not there, larger, or no plain file."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise _refused(path, f"this is a folder; name a {kind} file in it")
        if not path.is_file():
            raise _refused(path, f"this is a device or a pipe; name a {kind} file")
        if size > LARGEST:
            raise _refused(path, f"this file has {size:,} bytes; at most {LARGEST:,} are read, so check its name")
        return path.read_bytes()
    except FileNotFoundError:
        raise _refused(path, "there is no file of this name; check its spelling and folder") from None
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) and wrong.strerror else str(wrong)
        raise _refused(path, f"this file cannot be opened ({reason}); check its name and your rights to read it") from None


def first_bad_byte(raw: bytes) -> tuple[int, int, int] | None:
    """Give line and column (both from 1) and value of the first byte that is not UTF-8, or None."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start].removeprefix(BOM)
        line_start = before.rfind(b"\n") + 1
        return before.count(b"\n") + 1, len(before[line_start:].decode("utf-8")) + 1, raw[wrong.start]
    return None


def _refused(path: Path, message: str) -> FaultyInput:
    return FaultyInput([Fault(str(path), 1, 1, message)])
