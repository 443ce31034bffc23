"""Offerings: what a relationship hands over, opens or does - goods, access to resources, service actions."""
