"""How quantities, scenario files and the spreadsheet of inputs are spelled, read and printed.

Text comes in as a planner speaks ("120 k CNY / year", "PERT(10, 20, 60) min") and leaves as exact numbers in
canonical units, or as sentences that say where, what was found and what would be right. This floor knows
nothing of scenarios, plans or engines.

==============  ==========================================================================================
`faults`        faults with file, line and column; the nearest known name for a misspelt one
`toml`          TOML documents that remember where each key and value stands
`files`         small files, their size and their encoding
`places`        line and column of every key and value of a TOML text
`dimension`     what kind of quantity is meant: money, time, work and counted nouns, and their quotients
`unit`          the words for units and multipliers, and their sizes
`expression`    the grammar of one amount: "1 h 30 min", "45 CNY / user / month"
`amount`        the exact value of an amount, checked against the dimension asked for
`distribution`  amounts and distributions as frozen numbers, with means and quantiles
`families`      the spelling of distributions: "lognormal(median 2 h, sigma 0.8)"
`quantity`      the entrance: `parse_quantity`, `parse_amount`, `parse_distribution`
`printing`      canonical values in reader-friendly units: "1.2 M CNY / year"
`wording`       amounts of money in words, no finer than their error: "1.2 M CNY"; titles within sentences
`cells`         numbers as spreadsheet programs write them
`sheet`         the spreadsheet of inputs: key, low, likely, high, unit, note, source
==============  ==========================================================================================

Canonical units: hours for time and for work, months (of 730 h) under every "per time", currency units for
money, fractions for shares ("99.5 %" is 0.995), one for counted nouns. A year is 12 months of 730 h (8,760
h), a week 168 h, a day 24 h. Work counts hours of one person: a person-day is 8 h, a person-week 40 h, a
person-month 20 days (160 h), a person-year 12 of these (1,920 h).
"""
