"""Changes: requirements that move, and the work that follows them."""
