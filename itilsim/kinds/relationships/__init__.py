"""Relationships: a provider and a consumer with trust, effort and decisions."""
