"""What a notebook can show; how it is shown stands on the floor of notebooks and is imported when a notebook asks."""

from __future__ import annotations


class Shown:
    """A case, a study or a story, which a notebook shows as HTML, or as Markdown where it takes no HTML."""

    def _repr_html_(self) -> str:
        from itilsim.notebooks import as_html

        return as_html(self)

    def _repr_markdown_(self) -> str:
        from itilsim.notebooks import as_markdown

        return as_markdown(self)
