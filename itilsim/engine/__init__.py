"""Two engines with one meaning: the reference is SimPy and to be read, the compiled one is numba and to be fast."""
