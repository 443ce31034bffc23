"""How people come to use a service where nobody makes them."""
