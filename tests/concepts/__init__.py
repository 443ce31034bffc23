"""Each row of the source's table is a behaviour that can be switched off and missed: one test or more a row.

A test names its row and how the behaviour is broken: `@pytest.mark.concept("Adoption, voluntary", broken_by=some_break)`, where
`some_break(monkeypatch)` takes the behaviour away. `pytest -m concept` runs the tests; `pytest -m concept --broken` runs each of them
under its own break and passes where the test goes red.
"""
