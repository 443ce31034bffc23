"""Deliveries: transition into a service, the first and largest gap."""
