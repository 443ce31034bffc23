"""Exports: a stored result as pictures for slides, as a workbook of numbers, and as a summary for a mail."""
