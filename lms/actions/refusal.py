"""Why a verb did nothing, in words for the person who asked."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A verb changed nothing; the text is translated and says why.

    `field` names the form field to change, where it is one field's fault.
    """

    field = ""

    def tell(self, form) -> None:
        """Say it beside its field, or above a form that has no such field."""
        form.add_error(self.field if self.field in form.fields else None, str(self))


class ReasonMissing(Refused):
    """This step needs a reason in words."""

    field = "reason"


def reason_given(text: str) -> str:
    """The reason without spaces around it; none is refused.

    No database keeps NUL, and nobody types it.
    """
    said = text.replace("\x00", "").strip()
    if not said:
        raise ReasonMissing(_("Write why."))
    return said
