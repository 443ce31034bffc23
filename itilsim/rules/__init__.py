"""The rules of the model: pure functions that exist once and that both engines call."""
