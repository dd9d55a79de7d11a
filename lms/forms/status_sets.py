"""A set of statuses as staff write it: one block a status, moved up and down."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks.base import BlockField

from lms.actions.status_sets import Row
from lms.models import MarkStatus, StatusSet

from .register import AT_HAND

MOST = 12
# There is one kind of block; Wagtail draws only streams of them.
KIND = "status"


CODE = blocks.RegexBlock(
    regex=r"^[a-z][a-z0-9_-]{0,19}$",
    label=_("Code"),
    help_text=_(
        "For lists and files, such as field_work: small Latin letters. It is what "
        "stays when names change."
    ),
    error_messages={"invalid": _("Use small Latin letters, digits, - and _.")},
)
PERCENT = blocks.DecimalBlock(
    label=_("Counts as, percent of a session"),
    min_value=0,
    max_value=100,
    decimal_places=1,
    default=Decimal(100),
)
COUNTS = blocks.BooleanBlock(
    label=_("Counts"),
    required=False,
    default=True,
    help_text=_(
        "Without it the session counts for nobody who has this status, like an "
        "accepted excuse."
    ),
)
UNTIL = blocks.IntegerBlock(
    label=_("Given by self check-in until, minutes after the start"),
    required=False,
    min_value=1,
    max_value=720,
    help_text=_("Empty: never given by self check-in."),
)


def _block() -> blocks.StreamBlock:
    """Names are asked for in every language of the site."""
    names = [
        (f"name_{code}", blocks.CharBlock(label=name, required=False, max_length=40))
        for code, name in settings.LANGUAGES
    ]
    status = blocks.StructBlock(
        [
            ("names", blocks.StructBlock(names, label=_("Name"))),
            ("code", CODE),
            ("percent", PERCENT),
            ("counts", COUNTS),
            ("until_minutes", UNTIL),
        ],
        label=_("Status"),
        icon="tick-inverse",
    )
    return blocks.StreamBlock([(KIND, status)], min_num=2, max_num=MOST)


class StatusSetForm(WagtailAdminModelForm):
    class Meta:
        model = StatusSet
        fields = ["title", "is_offered"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        block = _block()
        self.fields["statuses"] = BlockField(
            block=block,
            label=_("Statuses"),
            initial=block.to_python(
                [{"type": KIND, "value": _written(one)} for one in self._shown()]
            ),
            help_text=_(
                "Sessions that have begun keep the statuses they began with. What you "
                "change holds for later ones."
            ),
        )
        if not self.instance.pk:
            del self.fields["is_offered"]

    def _shown(self) -> list[MarkStatus]:
        """A new set begins as a copy of the usual one, with the same four at hand."""
        if self.instance.pk:
            return self.instance.statuses()
        usual = MarkStatus.objects.newest(MarkStatus.USUAL)
        return sorted(usual, key=lambda one: [*AT_HAND, one.code].index(one.code))

    @cached_property
    def rows(self) -> list[Row]:
        return [_row(block.value) for block in self.cleaned_data["statuses"]]


def ask_for_statuses(form: forms.BaseForm, chosen: str) -> None:
    """The usual statuses or a set that is offered, or the one chosen before.

    Where no set was ever made there is nothing to choose, and nothing is asked.
    """
    made = StatusSet.objects.all()
    choices = [
        (one.key, one.title) for one in made if one.is_offered or one.key == chosen
    ]
    if not choices:
        del form.fields["status_set"]
        return
    usual = (MarkStatus.USUAL, _("Present, late, left early, excused, absent"))
    form.fields["status_set"] = forms.ChoiceField(
        label=_("Statuses of attendance"),
        choices=[usual, *choices],
        help_text=form.fields["status_set"].help_text,
    )
    form.initial["status_set"] = chosen


def _written(status: MarkStatus) -> dict:
    return {
        "code": status.code,
        "names": {
            f"name_{code}": status.name_in(code) for code, _name in settings.LANGUAGES
        },
        "percent": f"{(status.credit * 100).normalize():f}",
        "counts": status.counts,
        "until_minutes": status.until_minutes,
    }


def _row(value) -> Row:
    names = {
        code: (value["names"][f"name_{code}"] or "").strip()
        for code, _name in settings.LANGUAGES
    }
    return Row(
        code=value["code"],
        names={code: name for code, name in names.items() if name},
        credit=value["percent"] / 100,
        counts=bool(value["counts"]),
        until_minutes=value["until_minutes"],
    )
