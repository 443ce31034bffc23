"""The page in Chinese: amounts in 万 and 亿, chances that read as Chinese, names that keep their letters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from itilsim.exports.summary import summary_of
from itilsim.figures.wording import Amount, Catalogue, Chance, Mid, Months, Percent, Phrase, Strong
from itilsim.pages.catalogue import open_catalogue
from itilsim.pages.report import write_report
from itilsim.tables.result import Result
from itilsim.tables.spread import Estimate, Share
from itilsim.text.wording import as_name, broken, in_sentence, plain
from tests.pages.synthetic import Made


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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("←\u00a011\u00a0%：外包，计入周边各方价值更高", ["←\u00a011\u00a0%：外包，计入周边", "各方价值更高"]),
        ("租用标准产品十二个字的题目，在此", ["租用标准产品十二个字的", "题目，在此"]),
        ("← 12\u00a0%: Outsource, with those around it", ["← 12\u00a0%: Outsource, with", "those around it"]),
        ("SaaS", ["SaaS"]),
    ],
)
def test_lines_break_between_chinese_letters_and_never_before_a_comma(text: str, lines: list[str]) -> None:
    assert broken(text, 23) == lines


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


def opened(**changes: Any) -> Result:
    """Give a result of few texts in Chinese."""
    manifest = {"words": {"zh": {"staying with paper": "沿用纸质流程", "the build team": "开发团队", "builders": "开发团队"}}} | changes
    return Result(Path(), manifest).in_language("zh")


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("title", "staying with paper", "沿用纸质流程"),
        ("title", "Staying with paper", "沿用纸质流程"),
        ("title", "nobody translated this", "nobody translated this"),
        ("label", "the pay of the build team", "开发团队的薪酬"),
        ("name", "the build team", "the build team"),
        (
            "called",
            "The build team is accepted after 9.1 months. What is due at go-live.",
            "开发团队在 9.1\u00a0个月后通过验收。上线时应付的款项。",
        ),
        ("called", "The build team and the build team go live.", "开发团队与开发团队的服务上线。"),
        ("called", "Somebody left. The agreement is signed.", "Somebody left. The agreement is signed."),
        ("unit", "k CNY / person / year", "千 CNY/人/年"),
        ("unit", "/ user / month", "每用户每月"),
        ("unit", "furlongs / year", "furlongs / year"),
        (
            "perceives",
            "weighs outcomes 1.5, hours 1, cash 0.7 and risks 1; discounts at 8 % a year; feels a loss 2 times; decides by the mean",
            "权重：成果 1.5、工时 1、现金 0.7、风险 1；每年按 8\u00a0% 折现；损失按 2 倍感受；按均值决定",
        ),
        (
            "why",
            "In the worst 50 % of futures it is perceived as worth 1.8\u00a0M\u00a0CNY less than staying with paper, a loss being felt 2 "
            "times; for it speak the pay of the build team (+590\u00a0k\u00a0CNY), against it hiring the build team (−1.0\u00a0M\u00a0CNY) "
            "and x (~0\u00a0CNY).",
            "在最差的 50\u00a0% 未来中，感受到的价值比沿用纸质流程低 180\u00a0万\u00a0CNY，其中损失按 2 倍感受；支持它的是开发团队的薪酬"
            "（+59\u00a0万\u00a0CNY），不利的是招聘开发团队（−100\u00a0万\u00a0CNY）和x（约\u00a00\u00a0CNY）。",
        ),
    ],
)
def test_a_manifest_says_its_texts_in_chinese_and_keeps_its_names(key: str, text: str, said: str) -> None:
    assert opened(**{key: text}).manifest[key] == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("875 k CNY / year", "87.5\u00a0万\u00a0CNY/年"),
        ("12 min", "12\u00a0分钟"),
        ("0.5", "0.5"),
        ("lognormal(median 12 h, sigma 0.7)", "对数正态（中位数 12\u00a0小时，σ 0.7）"),
        ('{low = 20, likely = 30, high = 45, unit = "min"}', '{low = 20, likely = 30, high = 45, unit = "分钟"}'),
        ("30 furlongs", "30 furlongs"),
    ],
)
def test_values_of_inputs_are_said_with_chinese_units(value: str, said: str) -> None:
    entry = {"key": "teams.builders.targets.0", "label": "teams builders targets 0", "value": value, "alternatives": ["the build team"]}
    found = opened(inputs=[entry]).manifest["inputs"][0]
    assert found == entry | {"value": said, "label": "开发团队：目标档 1"}


def test_a_label_of_its_own_is_kept_where_nobody_translated_it() -> None:
    entry = {"key": "a+b:teams.builders.pay", "label": "what they earn", "value": 3.0}
    assert opened(inputs=[entry]).manifest["inputs"][0]["label"] == "what they earn"
    assert opened(inputs=[entry | {"label": "teams builders pay"}]).manifest["inputs"][0]["label"] == "开发团队：薪酬"


def test_a_language_that_nobody_has_words_of_changes_nothing() -> None:
    result = Result(Path(), {"title": "the vendor"})
    assert result.in_language("en") is result and result.said("the vendor") == "the vendor"
    ours = Result(Path(), {"title": "供应商", "words": {"en": {"供应商": "The vendor"}}})
    assert ours.in_language("en").manifest["title"] == "The vendor"


def test_what_is_written_of_a_result_says_the_case_in_chinese(made: Made, tmp_path: Path) -> None:
    for file in made.folder.glob("*.parquet"):
        (tmp_path / file.name).symlink_to(file)
    manifest = json.loads((made.folder / "manifest.json").read_text(encoding="utf-8"))
    words = {manifest["title"]: "八百人的办公自动化", "The company": "公司", "Source leaks": "源代码泄露", "In-house": "自行开发"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"words": {"zh": words}}), encoding="utf-8")
    assert summary_of(tmp_path, language="zh").startswith("# 八百人的办公自动化\n")
    text = write_report(tmp_path, language="zh").read_text(encoding="utf-8")
    assert "<title>八百人的办公自动化 · 方案比较</title>" in text and '<html lang="zh-Hans">' in text
    chinese, english = (text[text.index(f'data-language="{code}"') :] for code in ("zh", "en"))
    chinese = chinese[: chinese.index('data-language="en"')]
    for said, name in (("自行开发", "In-house"), ("源代码泄露", "Source leaks"), ("公司", "The company")):
        assert said in chinese and f">{name}<" not in chinese and f">{name}<" in english


def test_no_anchor_occurs_twice_in_the_file(page: Path) -> None:
    ids = re.findall(r'<[a-z]+ [^>]*?\bid="([^"]+)"', page.read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids)) and {"waterfall", "zh-waterfall"} <= set(ids)


@pytest.fixture
def reader(browser: Any, page: Path) -> Iterator[Any]:
    """Open the page for a reader whose browser asks for English."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    yield tab
    context.close()


SHOWN = ".edition:not([hidden])"


@pytest.mark.page
def test_the_other_language_is_shown_at_the_same_place_and_remembered(reader: Any, page: Path) -> None:
    assert reader.evaluate("document.documentElement.lang") == "en"
    reader.locator("#waterfall summary").first.click()
    reader.evaluate("document.querySelector('#waterfall').scrollIntoView({block: 'start', behavior: 'instant'})")
    before = reader.evaluate("document.querySelector('#waterfall').getBoundingClientRect().top")
    reader.wait_for_selector("html[data-reading]")
    reader.locator(f'{SHOWN} [data-show="zh"]').click()
    assert reader.locator(SHOWN).count() == 1
    assert reader.evaluate("document.documentElement.lang") == "zh-Hans"
    assert reader.title().endswith("方案比较")
    assert abs(reader.evaluate("document.querySelector('#zh-waterfall').getBoundingClientRect().top") - before) < 40
    assert reader.evaluate("document.querySelector('#zh-waterfall details').open")
    reader.wait_for_selector("#plot-zh-waterfall[data-drawn]")
    reader.reload()
    assert reader.evaluate("document.documentElement.lang") == "zh-Hans"
    other = reader.context.new_page()
    other.goto(page.as_uri())
    assert other.locator(f"{SHOWN} h2").nth(1).inner_text() == "一览"


@pytest.mark.page
def test_the_switch_works_by_keyboard(reader: Any) -> None:
    reader.locator(f'{SHOWN} [data-show="en"]').focus()
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    focused = "document.activeElement.dataset.show + document.activeElement.getAttribute('aria-pressed') + document.activeElement.lang"
    assert reader.evaluate(focused) == "zhtruezh-Hans"
    assert reader.evaluate("window.scrollY") == 0
    reader.keyboard.press("Shift+Tab")
    reader.keyboard.press("Space")
    assert reader.evaluate(focused) == "entrueen"


@pytest.mark.page
def test_print_shows_one_language_and_no_switch(reader: Any) -> None:
    reader.locator(f'{SHOWN} [data-show="zh"]').click()
    reader.emulate_media(media="print")
    assert reader.locator(".switch:visible").count() == 0
    assert reader.locator('.edition[lang="en"] :visible').count() == 0
    assert reader.locator("#zh-waterfall").is_visible()


@pytest.mark.page
def test_a_reader_whose_browser_asks_for_chinese_sees_chinese_first(browser: Any, page: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    tab = context.new_page()
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.lang") == "zh-Hans"
    assert tab.locator(f"{SHOWN} header").inner_text().startswith("跳到结论")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
