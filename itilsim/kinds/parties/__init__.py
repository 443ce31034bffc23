"""Parties: organizations and their departments, and outside accounts."""
