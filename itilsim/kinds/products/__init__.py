"""Products: configurations of resources that carry several services at once."""
