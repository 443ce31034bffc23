"""What a notebook can show; how it is shown stands on the floor of notebooks and is looked up by name when a notebook asks."""

from __future__ import annotations

from importlib import import_module

NOTEBOOKS = "itilsim.notebooks"


class Shown:
    """A case, a study or a story, which a notebook shows as HTML, or as Markdown where it takes no HTML."""

    def _repr_html_(self) -> str:
        return str(import_module(NOTEBOOKS).as_html(self))

    def _repr_markdown_(self) -> str:
        return str(import_module(NOTEBOOKS).as_markdown(self))
