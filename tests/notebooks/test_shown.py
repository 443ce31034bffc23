"""Case, study and story show themselves in a notebook: escaped, without scripts, in the notebook's own colours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import itilsim
from itilsim.case.case import Case
from itilsim.explain.story import Story
from itilsim.figures.figure import figures, named
from itilsim.notebooks import as_html
from itilsim.pages.answer import answer
from itilsim.pages.catalogue import open_catalogue
from itilsim.study.study import Study
from itilsim.tables.net_value import read_strip
from itilsim.tables.result import open_result
from itilsim.text.shown import Shown

TRAINING = Path(__file__).resolve().parents[2] / "scenarios" / "training"


@pytest.fixture(scope="module")
def case() -> Case:
    """Give a shipped case."""
    return itilsim.load(TRAINING)


@pytest.fixture(scope="module")
def study(case: Case) -> Study:
    """Give a small study of it."""
    return itilsim.simulate(case, replications=24, seed=1)


@pytest.fixture(scope="module")
def story(case: Case) -> Story:
    """Give the story of one world."""
    return itilsim.trace(case["courses"], seed=1, replication=3)


def well_formed(html: str) -> Any:
    """Parse HTML that is shown, and hold it to what any notebook can take."""
    assert not [sign for sign in ("<script", "<style", "http", "color:#", "background:#") if sign in html]
    return ElementTree.fromstring(html)


def test_a_case_shows_its_question_and_its_alternatives(case: Case) -> None:
    tree = well_formed(case._repr_html_())
    text = " ".join(tree.itertext())
    assert case.question in text and "Leaving it as it is (baseline)" in text
    assert [row[-1].text for row in tree.iter("tr")][1:] == list(case.alternatives)
    assert case._repr_markdown_().startswith(f"### {case.title}\n\n{case.question}\n\n| Alternative | What it is | Name |\n")


def test_a_study_shows_the_answer_that_its_page_gives(study: Study, tmp_path: Path) -> None:
    result = open_result(study.save(tmp_path))
    said = [sentence.replace("**", "") for sentence in answer(read_strip(result), open_catalogue("en", result.currency))]
    tree = well_formed(study._repr_html_())
    shown = ["".join(each.itertext()) for each in tree.iter("p")]
    assert shown[1 : 1 + len(said)] == said
    assert len(list(tree.iter("tr"))) == 1 + len(study.alternatives)
    assert "24 worlds from seed 1" in shown[-1]


def test_a_study_of_the_baseline_alone_compares_nothing(study: Study) -> None:
    manifest = study.manifest | {"alternatives": [each for each in study.manifest["alternatives"] if each["name"] == study.baseline]}
    assert "Nothing to compare" in Study(manifest, study.panels)._repr_html_()


def test_a_story_shows_what_it_tells(story: Story) -> None:
    (told,) = (each for each in well_formed(story._repr_html_()).iter("pre"))
    assert told.text == "\n".join(story.told(100))
    assert f"```\n{told.text}\n```" in story._repr_markdown_().replace("\u00a0", " ") or "\u00a0" in str(told.text)


def test_what_a_case_says_cannot_become_markup(case: Case, study: Study) -> None:
    odd = '<b onclick="x">&'
    manifest = study.manifest | {"title": odd}
    assert "&lt;b onclick=&quot;x&quot;&gt;&amp;" in Study(manifest, study.panels)._repr_html_()
    with pytest.raises(TypeError, match="a case, a study or a story, not Shown"):
        as_html(Shown())


def test_every_figure_is_drawn_from_its_table_as_the_documentation_says(study: Study, tmp_path: Path) -> None:
    from plotly.graph_objects import Figure

    result = open_result(study.save(tmp_path))
    words = open_catalogue("en", result.currency)
    dots = named("dotplot")
    drawing = dots.draw(dots.table(result), words)
    assert isinstance(drawing, Figure) and len(drawing.data) == len(study.alternatives) - 1
    assert sum(np.size(trace.x) for trace in drawing.data) == 50 * len(drawing.data)
    assert {named(figure.title.split(".")[1]) for figure in figures()} == set(figures())
    with pytest.raises(KeyError, match="there is no figure 'pie'; there are decision-strip, dotplot"):
        named("pie")


def test_nothing_of_it_is_imported_before_a_notebook_asks() -> None:
    code = f"import itilsim, sys; itilsim.load({str(TRAINING)!r}); print([m for m in sys.modules if m.startswith('itilsim.notebooks')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
