"""Rules about what a server did when it was started to see what it offers."""
