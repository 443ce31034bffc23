"""Tests of what a result can be written as beside its page."""
