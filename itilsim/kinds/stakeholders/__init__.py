"""Stakeholders: who perceives the value of a relationship, and how."""
