"""The plan: flat rows of a small closed set of primitives, which is all that an engine sees."""
