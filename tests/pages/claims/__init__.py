"""An independent check of every sentence of a page: what it claims is reckoned again from the stored Parquet files.

No module but the tests imports the package under test: folders are read with pyarrow, pages as text. `stored` reads a folder, `page`
reads a page, `words` says what a printed amount, chance or time claims and whether it is right and no finer than its error, `forms`
matches sentences, and `said_*` hold what each form of sentence claims. A sentence that no form matches is a fault, so that none goes
unchecked.
"""
