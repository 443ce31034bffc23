"""The parts of the page beside its figures, one file each: a module with `name`, `after` and `part` is found by itself.

`name` is its anchor and its key in the catalogue's `nav`; `after` the number of the figure after which it stands, from 9 on among what
opens on demand; `part(result, catalogue)` gives its HTML, "" where the result lacks its files.
"""
