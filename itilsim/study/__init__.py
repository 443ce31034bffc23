"""The study: worlds in blocks, their ledgers reduced to totals, a results folder, and what may be said about it."""
