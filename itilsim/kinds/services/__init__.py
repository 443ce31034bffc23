"""Services: what users rely on, with utility, warranty and adoption."""
