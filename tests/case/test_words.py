"""A case may say its texts in other languages: what is translated is checked against its files, and moves no number."""

from __future__ import annotations

from pathlib import Path

import pytest

from itilsim.case import load_case
from itilsim.cli.app import main
from itilsim.text.faults import FaultyInput
from tests.case.small_cases import office, office_copy


def with_words(folder: Path, text: str, name: str = "zh.toml") -> Path:
    """Copy the shipped case with a file of words of its own."""
    made = office_copy(folder)
    (made / "words").mkdir()
    (made / "words" / name).write_text(text, encoding="utf-8")
    return made


def test_words_are_read_by_language_and_change_no_number(tmp_path: Path) -> None:
    text = '"staying with paper" = "沿用纸质流程"\n"papers lost" = "文件丢失"\n"the case" = "案例设定"\n'
    case = load_case(with_words(tmp_path, text))
    assert case.words == {"zh": {"staying with paper": "沿用纸质流程", "papers lost": "文件丢失", "the case": "案例设定"}}
    assert case.fingerprint == office().fingerprint
    assert case.source_files["words/zh.toml"].decode() == text
    assert load_case(tmp_path / "office-automation" / "saas.toml").words == case.words


def test_a_translation_of_what_the_case_does_not_say_is_a_fault_with_the_nearest_text(tmp_path: Path) -> None:
    lines = ("# words", '"the vendor" = "供应商"', '"stayin with paper" = "沿用纸质流程"', '"the IT department" = 7', '"outsource" = " "')
    folder = with_words(tmp_path, "\n".join(lines))
    with pytest.raises(FaultyInput) as raised:
        load_case(folder)
    path = folder / "words" / "zh.toml"
    assert [str(fault) for fault in raised.value.faults] == [
        f"{path}:3:1: error: unknown text of the case 'stayin with paper'; did you mean 'staying with paper'?",
        f"{path}:4:23: error: found '7'; a translation is needed, as \"the vendor\" = \"供应商\"",
        f"{path}:5:15: error: found ' '; a translation is needed, as \"the vendor\" = \"供应商\"",
    ]
    assert main(["check", str(folder)]) == 3


def test_a_file_of_words_is_named_by_its_language(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match=r"found 'Chinese.toml'; the file is named by the code of its language, as zh.toml"):
        load_case(with_words(tmp_path, "", "Chinese.toml"))


def test_faults_of_words_come_with_those_of_the_files(tmp_path: Path) -> None:
    folder = with_words(tmp_path, '"outsource" = 1\n')
    broken = folder / "saas.toml"
    broken.write_text(broken.read_text(encoding="utf-8") + "\n[", encoding="utf-8")
    with pytest.raises(FaultyInput) as raised:
        load_case(folder)
    assert {Path(fault.path).name for fault in raised.value.faults} == {"saas.toml", "zh.toml"}
