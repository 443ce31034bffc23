"""Processes: how well a provider triages, changes and hands over."""
