"""A page in two languages reads each column of its result once, and says the same as if it had read them twice."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from typing import Any

import pytest

from itilsim.pages import report
from itilsim.tables.once import read_once
from itilsim.tables.result import Result, open_result
from tests.pages.synthetic import Made, make


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a made-up result of 60 futures."""
    return make(tmp_path_factory.mktemp("once") / "result", worlds=60)


def test_no_column_is_read_twice_and_the_page_is_the_same(small: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[tuple[Any, ...]] = Counter()
    own = Result.worlds

    def counted(self: Result, name: str, columns: Any, *, where: Any = None, step: Any = None) -> Any:
        asked[(name, *columns, step, *sorted((where or {}).items()))] += 1
        return own(self, name, columns, where=where, step=step)

    monkeypatch.setattr(Result, "worlds", counted)
    text = report.page(open_result(small.folder))
    assert asked and max(asked.values()) == 1
    monkeypatch.setattr(report, "read_once", nullcontext)
    assert report.page(open_result(small.folder)) == text
    assert max(asked.values()) > 1


def test_what_was_read_is_let_go_of(small: Made) -> None:
    with read_once(open_result(small.folder)) as once:
        assert once.worlds("values", ["cash"], where={"party": "company"}) is once.worlds("values", ["cash"], where={"party": "company"})
        assert once.has("values") and not once.has("nothing") and "cash" in once.columns("values")
        assert once.in_language("zh").kept is once.kept
    assert once.kept == {}
