"""Behaviours: what a provider does of its own accord, by what it pays and what it is worth to it."""
