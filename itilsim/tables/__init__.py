"""Tables: stored results become small named tables of numbers, one module a subject; nothing here knows an engine."""
