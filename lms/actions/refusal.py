"""Why a verb did nothing, in words for the person who asked."""


class Refused(Exception):
    """A verb changed nothing; the text is translated and says why.

    `field` names the form field to change, where it is one field's fault.
    """

    field = ""
