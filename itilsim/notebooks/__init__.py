"""What a notebook shows of a case, a study and a story: HTML without scripts that takes the notebook's own colours, and Markdown."""

from __future__ import annotations

from itilsim.notebooks.shown import as_html, as_markdown

__all__ = ["as_html", "as_markdown"]
