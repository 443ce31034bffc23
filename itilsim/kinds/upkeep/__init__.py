"""Upkeep: what keeps failures from becoming more."""
