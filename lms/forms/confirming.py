"""A form that shows what it would bring about and is sent once more to confirm it."""

import hashlib
from collections.abc import Sequence

from django import forms


class ConfirmedForm(forms.Form):
    """After `accepts` said no, the page shows `consequences` and a box to tick.

    The box stands for these very sentences: when something else has become of it
    meanwhile, the page asks again.
    """

    consequences: Sequence[str] = ()
    box = ""

    def accepts(self, consequences: Sequence[str]) -> bool:
        """Was exactly this confirmed, or is there nothing to confirm?"""
        if not consequences:
            return True
        self.consequences = consequences
        joined = "\n".join(map(str, consequences))
        self.box = hashlib.sha256(joined.encode()).hexdigest()[:32]
        return self.data.get("confirm") == self.box
