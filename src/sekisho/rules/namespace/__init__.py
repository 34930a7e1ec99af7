"""Rules about the definitions of several servers together: collisions, copies, and who speaks about whom."""
