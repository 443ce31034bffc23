"""Demand: what users ask for."""
