"""A figure is a slide: on white, under its title and first sentence, drawn by a browser that asks nobody."""

from __future__ import annotations

import re
import shutil
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from itilsim.exports import pictures
from itilsim.exports.needed import NotInstalled
from itilsim.exports.pictures import write_pictures
from itilsim.exports.slide import slide, wrapped
from itilsim.figures.figure import figures
from itilsim.pages.catalogue import languages, open_catalogue
from itilsim.tables.result import open_result
from tests.pages.synthetic import Made

ENGLISH = open_catalogue("en", "CNY")


@pytest.mark.parametrize("language", languages())
def test_every_figure_has_a_slide_with_its_title_and_first_sentence(made: Made, language: str) -> None:
    catalogue = open_catalogue(language, "CNY")
    result = open_result(made.folder)
    for figure in figures():
        spec = slide(figure, result, catalogue)
        if spec is None:
            continue
        layout = spec["layout"]
        assert (layout["width"], layout["paper_bgcolor"]) == (1024, "#ffffff") and layout["height"] >= 576 and "meta" not in layout
        plain = re.sub(r"</?b>", "", layout["title"]["text"] + layout["title"]["subtitle"]["text"]).replace("<br>", "")
        said = catalogue.say(figure.title) + figure.sentences(figure.table(result), catalogue)[0].replace("**", "")
        assert plain.replace(" ", "") == said.replace("&", "&amp;").replace("<", "&lt;").replace(" ", "")


def test_lines_end_between_words_and_bold_is_closed_on_each() -> None:
    lines = wrapped("**A title that takes more than a line**, is worth 120\u00a0k\u00a0CNY more than B & C.", 14.0)
    assert "".join(lines).replace("<b>", "").replace("</b>", "").replace(" ", "") == (
        "Atitlethattakesmorethanaline,isworth120\u00a0k\u00a0CNYmorethanB&amp;C."
    )
    assert lines[0].endswith("</b>") and lines[1].startswith("<b>")
    assert all(line.count("<b>") == line.count("</b>") for line in lines) and len(lines) > 3
    assert any("120\u00a0k\u00a0CNY" in line for line in lines)


def test_chinese_breaks_anywhere_but_before_punctuation() -> None:
    lines = wrapped("平均比现状多值约一百二十万，十个未来中有八个更好。", 9.0)
    assert len(lines) == 3 and not any(line.startswith(("，", "。")) for line in lines)


@pytest.mark.page
@pytest.mark.parametrize(("format", "number"), [("png", 0), ("svg", 1)])
def test_pictures_are_drawn_at_the_size_of_a_slide(
    made: Made, tmp_path: Path, format: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("kaleido", reason="kaleido is not installed")
    if not any(map(shutil.which, pictures.BROWSERS)):
        pytest.skip("no browser on this machine")
    monkeypatch.setattr(pictures, "figures", lambda: figures()[number : number + 1])
    (path,) = write_pictures(made.folder, tmp_path / "slides", format=format)
    assert path.name == ("00-decision-strip.png", "01-dotplot.svg")[number]
    content = path.read_bytes()
    if format == "png":
        assert struct.unpack(">II", content[16:24]) == (1600, 900)
    else:
        assert "http" not in re.sub(r"http://www\.w3\.org/\S+", "", content.decode())
        assert "Fifty equally likely futures" in "".join(ElementTree.fromstring(content).itertext())


def test_without_the_library_or_a_browser_a_sentence_says_how_to_get_it(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("kaleido", reason="kaleido is not installed")
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(pictures, "BROWSERS", ())
    with pytest.raises(NotInstalled, match=r"pictures need a Chromium or Chrome browser.*apt install chromium"):
        write_pictures(made.folder)
    monkeypatch.setitem(sys.modules, "kaleido", None)
    with pytest.raises(NotInstalled, match=r"pictures need kaleido.*pip install 'itilsim\[export\]'"):
        write_pictures(made.folder)
    assert not (made.folder / "figures").exists()
