"""Controls: what makes a risk rarer or sooner found; run by a party at a cost."""
