"""Clauses: what a contract says beside its prices."""
