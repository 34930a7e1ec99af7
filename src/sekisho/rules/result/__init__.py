"""Rules about what a server answers, and about what goes back to it."""
