"""Failures: what degrades a service until a team has done the work."""
