"""Sensitivity: one input at a time over its range, on the difference between the two best alternatives."""
