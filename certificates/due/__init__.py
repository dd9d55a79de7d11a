"""Who has earned what, by which rule, for how long. Writes nothing."""
