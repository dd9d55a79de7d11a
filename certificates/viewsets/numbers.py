"""The register of numbers: each that was ever counted, and what became of it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from certificates.models import GivenNumber
from lms.viewsets.scoped import ScopedIndexView, ScopedViewSet

from .filters import NumberFilterSet


def _certificate_url(row: GivenNumber) -> str | None:
    if row.certificate_id is None:
        return None
    return reverse("certificates_list:inspect", args=[row.certificate_id])


class NumberIndexView(ScopedIndexView):
    page_title = _("Register of numbers")

    def get_list_more_buttons(self, instance):
        return []


class NumberViewSet(ScopedViewSet):
    """To read and to export: numbers are counted by issuing and by nothing else."""

    model = GivenNumber
    name = "certificate_numbers"
    url_prefix = "training/certificate-numbers"
    icon = "list-ol"
    menu_label = _("Register of numbers")
    doors = {"index", "index_results"}
    related = ["serial", "cohort", "person", "certificate"]
    index_view_class = NumberIndexView
    filterset_class = NumberFilterSet
    list_display = [
        TitleColumn(
            "text",
            label=_("Number"),
            sort_key="text",
            get_url=_certificate_url,
            classname="training-number",
        ),
        Column("state", label=_("State")),
        Column("explained", label=_("What became of it")),
        Column("person", label=_("Participant")),
        Column("cohort", label=_("Cohort"), accessor="cohort.code"),
        "given_at",
    ]
    list_export = [
        "text",
        "kind",
        "state",
        "explained",
        "person",
        "cohort",
        "given_at",
        "voided_at",
    ]
    search_fields = ["text", "person__legal_name", "person__latin_name"]
