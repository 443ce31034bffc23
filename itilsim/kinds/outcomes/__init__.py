"""Outcomes: what comes of a service that nobody did before, as a flow or for each completed action."""
