"""Kinds: each thing that a scenario can name is one file, which says what its fields mean, what it does in a sentence, and its rows."""
