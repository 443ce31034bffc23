"""Users: groups of people who use services, a stock."""
