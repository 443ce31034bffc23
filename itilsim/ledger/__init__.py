"""The ledger: what happened in each world, month by month, as physical activity and money."""
