"""Templates: their words and pictures, trying them out, carrying them elsewhere."""
