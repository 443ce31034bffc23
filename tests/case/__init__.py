"""What the scenario level promises, through the reader, the engine and the valuation."""
