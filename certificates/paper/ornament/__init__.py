"""The ornaments of certificates: our own geometry in millimetres, plain colours only.

A print shop and an archive can both take them: lines and fills, no transparency.
"""
