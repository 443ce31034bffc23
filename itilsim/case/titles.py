"""What people call the sources of money of an alternative: each block says it of those that it makes."""

from __future__ import annotations

from collections.abc import Mapping

from itilsim.kinds.block import Block, Titles


def source_titles(blocks: Mapping[str, Mapping[str, Block]]) -> dict[str, str]:
    """Give the title of every source that the blocks of an alternative can make, by the name under which it is posted."""
    titles = Titles(blocks)
    found: dict[str, str] = {}
    for held in blocks.values():
        for name, block in held.items():
            found |= block.sources(name, titles)
    return dict(sorted(found.items()))
