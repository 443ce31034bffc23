"""Promises: agreed service levels, with credits where they are missed."""
