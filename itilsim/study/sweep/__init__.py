"""A sweep: one case at many points of its inputs, on the same worlds, as one dataset that grows point by point."""
