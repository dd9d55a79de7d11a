"""A certificate as an Open Badge 3.0: a credential that other programs can check.

`docs/open-badges.md` says what it holds and why.
"""
