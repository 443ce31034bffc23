"""Capacities: how much use a product serves, and how it is expanded."""
