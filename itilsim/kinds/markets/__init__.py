"""Markets: what things cost elsewhere, which nobody in a relationship sets."""
