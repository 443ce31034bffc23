"""Opportunities: chances of good, risks of the other sign."""
