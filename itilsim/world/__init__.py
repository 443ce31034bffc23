"""The world: every random quantity of a lifetime as a pure function of seed, replication, name and index."""
