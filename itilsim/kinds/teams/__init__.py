"""Teams: people with opening hours who do work."""
