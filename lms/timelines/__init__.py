"""What happened to a person, a cohort or a certificate, told from Wagtail's log.

`words` holds a sentence for each step, `sources` whose rows are told to whom, `telling`
makes the lines of a page. An app above `lms` adds its own sentences and rows.
"""
