"""Insurances: what is paid so that somebody else bears a part of losses."""
