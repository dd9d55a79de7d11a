"""Letters: which kinds there are, their words, and whether one is still needed."""
