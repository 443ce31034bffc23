"""Governance: hours that both sides spend on steering a relationship and its risks."""
