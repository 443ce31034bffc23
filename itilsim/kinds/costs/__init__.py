"""Costs: borne by a party, paid to another or outside, once or periodically, in cash or in hours."""
