"""The page in Chinese: amounts in 万 and 亿, chances that read as Chinese, names that keep their letters."""

from __future__ import annotations

import pytest

from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, Percent, Phrase, Strong
from itilsim.pages.catalogue import open_catalogue
from itilsim.tables.spread import Estimate, Share
from itilsim.text.wording import as_name, in_sentence, plain


@pytest.fixture(scope="module")
def chinese() -> Catalogue:
    """Give the Chinese catalogue for amounts in CNY."""
    return open_catalogue("zh", "CNY")


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Amount(123_456.0), "12 万 CNY"),
        (Amount(118_000_000.0), "1.2 亿 CNY"),
        (Amount(1_200_000.0), "120 万 CNY"),
        (Amount(99_700_000.0), "1.0 亿 CNY"),
        (Amount(9_960.0), "1.0 万 CNY"),
        (Amount(3_500.0), "3,500 CNY"),
        (Amount(3_512.0), "3,500 CNY"),
        (Amount(875_000.0, exact=True), "87.5 万 CNY"),
        (Amount(12_000.0, exact=True), "1.2 万 CNY"),
        (Amount(100_000.0, exact=True, bare=True), "10 万"),
        (Amount(-932_190.0, signed=True), "−93 万 CNY"),
        (Amount(590_000.0, signed=True, bare=True), "+59 万"),
        (Amount(1_234_567.0, 400_000.0), "120 万 CNY"),
        (Amount(300_000.0, 2_000_000.0, about=True), "不足 200 万 CNY"),
        (Amount(300_000.0, 2_000_000.0), "约 0 CNY"),
        (Amount(123_456.0, 30_000.0, about=True), "约 12 万 CNY"),
        (Amount(float("nan")), "–"),
    ],
)
def test_amounts_are_said_by_ten_thousands_no_finer_than_their_error(chinese: Catalogue, amount: Amount, said: str) -> None:
    assert plain(chinese.word(amount).replace("−", "!")).replace("!", "−") == said


@pytest.mark.parametrize(
    ("count", "of", "said"),
    [
        (0, 10_000, "10,000 个未来中没有一个"),
        (10_000, 10_000, "全部 10,000 个未来都"),
        (8_040, 10_000, "10 个未来中有 8 个"),
        (310, 10_000, "32 个未来中有 1 个"),
        (9_990, 10_000, "1,000 个未来中除 1 个外都"),
        (11, 20, "约一半的未来中"),
    ],
)
def test_chances_are_said_so_that_what_happens_can_follow(chinese: Catalogue, count: int, of: int, said: str) -> None:
    assert chinese.word(Chance(Share(count, of))) == said


def test_shares_and_times(chinese: Catalogue) -> None:
    assert [plain(chinese.word(Percent(Share(count, 10_000)))) for count in (1_284, 0, 1)] == ["13 %", "无", "< 0.02 %"]
    assert [chinese.word(Months(m)) for m in (60, 29, 7)] == ["5 年", "2.5 年", "7 个月"]


def test_lists_and_sentences_are_joined_as_chinese_joins_them(chinese: Catalogue) -> None:
    assert chinese.listed(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert chinese.together(["甲。", "乙。"]) == "甲。乙。"
    assert open_catalogue("en", "CNY").together(["One.", "Two."]) == "One. Two."


@pytest.mark.parametrize("title", ["沿用纸质流程", "A 方案", "The 方案", "SaaS 租用", "Vendor 平台"])
def test_chinese_titles_keep_their_letters_in_every_sentence(title: str) -> None:
    assert in_sentence(title) == title
    assert as_name(title) == title


def test_names_in_latin_letters_stand_in_a_chinese_sentence_as_they_are(chinese: Catalogue) -> None:
    fields = {"a": Strong("The vendor"), "b": Mid("Paper"), "futures": 10}
    assert chinese.say("pair.same", **fields) == "在全部 10 个未来中，**The vendor**与Paper的价值都相同。"
    assert chinese.say("strip.then", loss=Amount(20_000.0, bare=True)) == "此时少 2.0\u00a0万"
    assert chinese.say("figure.waterfall.source", source=Mid("e-mail"), mean=Amount.of(Estimate(2e4, 5e3))).startswith("e-mail（约")


def test_what_chinese_has_no_sentence_for_stays_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    import itilsim.pages.catalogue as catalogue

    read = catalogue.texts
    monkeypatch.setattr(catalogue, "texts", lambda language: read("en") if language == "en" else read(language) | {"answer": {}})
    found = catalogue.open_catalogue("zh", "CNY")
    assert found.say("answer.stat-hours") == "With hours"
    assert found.word(Phrase("strip.alternative", {})) == "方案"
