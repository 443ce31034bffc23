"""Keys: a quantity's name and the seed give the two words by which its draws are addressed."""

from __future__ import annotations

import hashlib


def key_of(name: str, seed: int) -> tuple[int, int]:
    """Give the two 32-bit words of a quantity's key: a BLAKE2b hash of its name and the seed."""
    digest = hashlib.blake2b(f"{seed}\x00{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def keys_of(names: tuple[str, ...], seed: int) -> tuple[list[int], list[int]]:
    """Give the first and the second words of the keys of many quantities."""
    pairs = [key_of(name, seed) for name in names]
    return [a for a, _ in pairs], [b for _, b in pairs]
