"""Staff: how people leave a team, are replaced and learn."""
