"""Risks: events of a frequency and severity, with consequences."""
