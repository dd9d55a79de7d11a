"""The texts of a template: how long each may be, which a language cannot do without."""

LONGEST = {"issuer": 160, "title": 60, "presented": 120, "deed": 200, "footer": 240}
NEEDED = ("title", "presented", "deed")
# Of a text that belongs to one place on the page.
LONGEST_OWN = 300
