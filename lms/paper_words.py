"""The words printed on sheets, badges and name plates, in the language they are for.

Persian is printed, too, though no page of the site speaks it: trainers come from and
go to places where names are written so. Its words stand here.
"""

import unicodedata

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

RIGHT_TO_LEFT = ("fa",)

_PERSIAN = {
    "sheet": "برگهٔ حضور و غیاب",
    "number": "شماره",
    "name": "نام و نام خانوادگی",
    "organisation": "سازمان",
    "signature": "امضا",
    "date": "تاریخ",
    "place": "محل",
    "trainers": "مربیان",
    "donors": "با پشتیبانی",
    "guests": "مهمانان: نام خود را خوانا بنویسید",
    "trainer_signs": "امضای مربی",
    "code": "کد تصویری برگه",
    "badges": "کارت‌های شناسایی",
    "plates": "کارت‌های رومیزی",
    "participant": "شرکت‌کننده",
    "trainer": "مربی",
    "cut": "از روی خط‌چین ببرید و از وسط تا کنید.",
}


def languages() -> list[tuple[str, str]]:
    """What can be printed in: the languages of the site, and Persian."""
    return [*settings.LANGUAGES, ("fa", "فارسی")]


def direction_of(text: str) -> str:
    """That of its first letter; a number alone runs from left to right."""
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def is_right_to_left(language: str) -> bool:
    return language in RIGHT_TO_LEFT


def words(language: str) -> dict[str, str]:
    """Every word of the papers by its key."""
    if language == "fa":
        return _PERSIAN
    with override(language):
        return _ours()


def _ours() -> dict[str, str]:
    return {
        "sheet": _("Attendance sheet"),
        "number": _("No."),
        "name": _("Name"),
        "organisation": _("Organisation"),
        "signature": _("Signature"),
        "date": _("Date"),
        "place": _("Place"),
        "trainers": _("Trainers"),
        "donors": _("With the support of"),
        "guests": _("Guests: please write your name legibly"),
        "trainer_signs": _("Signature of the trainer"),
        "code": _("Square code of the sheet"),
        "badges": _("Badges"),
        "plates": _("Name plates"),
        "participant": _("Participant"),
        "trainer": _("Trainer"),
        "cut": _("Cut along the dashes and fold in the middle."),
    }
