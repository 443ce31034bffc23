"""Lines of text in a drawing: none too wide, none lost, words whole, and no Chinese line that begins with a comma."""

from __future__ import annotations

import pytest

from itilsim.figures.lines import breadth, lines

TEXTS = [
    "",
    "One",
    "Outsource, with those around it",
    "a-word-that-is-longer-than-the-line and more",
    "高于 2.6 /\u00a0月：租用并扩展居首，其余方案，都在其后。",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [6, 14, 200])
def test_lines_are_narrow_and_lose_nothing(text: str, width: int) -> None:
    found = lines(text, width)
    assert found and "".join("".join(found).split()) == "".join(text.split())
    for line in found:
        assert breadth(line) <= width + 2 or " " not in line
        assert line[:1] not in ("，", "。", "：") or not line


def test_words_stay_whole_and_a_chinese_character_is_two_wide() -> None:
    assert lines("Outsource, with those around it", 16) == ["Outsource, with", "those around it"]
    assert lines("租用并扩展居首", 8) == ["租用并扩", "展居首"]
    assert breadth("万 k") == 4
