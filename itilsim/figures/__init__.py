"""Figures: each is one file that turns one table into a drawing, sentences made from its numbers, and those numbers as a table."""
