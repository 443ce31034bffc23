"""Prices: what a consumer pays its provider, by basis."""
