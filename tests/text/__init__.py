"""Tests of the floor that reads and prints text."""
