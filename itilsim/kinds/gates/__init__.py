"""Gates: decisions that wait for what has been seen, before a relationship is signed or before it grows."""
