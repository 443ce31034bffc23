"""Activities: what the organization does today, which a service may displace."""
