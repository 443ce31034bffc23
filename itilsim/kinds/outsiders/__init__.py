"""Outsiders: stakeholders beside the two sides of a relationship, each with an account, and what they do."""
