"""Tests of tables, figures and the page, over results made up for the purpose."""
