"""The Training menu of the admin. Every viewset shows its user's rows only."""
