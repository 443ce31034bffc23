"""Pages: the static report, one self-contained file that opens offline."""
