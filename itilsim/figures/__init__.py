"""Figures: each is one file that turns one table into a drawing, sentences made from its numbers, and those numbers as a table.

In a notebook a figure of a stored study is drawn like this; `draw` gives a plotly figure (HTML for the decision strip):

    import itilsim
    from itilsim.figures.figure import named
    from itilsim.pages.catalogue import open_catalogue
    from itilsim.tables.result import open_result

    study = itilsim.simulate(itilsim.load("scenarios/training"), replications=1_000)
    result = open_result(study.save("results"))
    dots, words = named("dotplot"), open_catalogue("en", result.currency)
    table = dots.table(result)
    dots.draw(table, words)

`dots.sentences(table, words)` says what the numbers say, `dots.numbers(table, words)` holds them.
"""
