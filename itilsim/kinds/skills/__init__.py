"""Skills: what people can do, and for how long."""
