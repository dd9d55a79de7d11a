"""Figures for donors, read from what was true when people completed."""
