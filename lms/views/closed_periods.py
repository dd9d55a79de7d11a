"""Closing periods, and those that are closed: for administrators."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lms.actions.closing import close_period
from lms.actions.refusal import Refused
from lms.models import ClosedPeriod
from lms.reports.asking import FIRST_YEAR, LAST_YEAR, QUARTERS, period_in_words
from lms.reports.period import Period
from lms.roles import is_administrator


class ClosingForm(forms.Form):
    """A year or one of its quarters."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    quarter = forms.TypedChoiceField(
        label=gettext_lazy("Quarter"), choices=QUARTERS, coerce=int, required=False
    )

    @property
    def period(self) -> Period:
        year, quarter = self.cleaned_data["year"], self.cleaned_data["quarter"]
        return Period.quarter(year, quarter) if quarter else Period.year(year)


class ClosedPeriodsView(WagtailAdminTemplateMixin, FormView):
    """What is closed, since when; and one form to close a period for good."""

    form_class = ClosingForm
    page_title = gettext_lazy("Closed periods")
    header_icon = "lock"
    template_name = "lms/admin/report_closed.html"

    def dispatch(self, request, *args, **kwargs):
        if not is_administrator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lms_reports:index"), "label": _("Training reports")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form):
        try:
            close_period(form.period, by=self.request.user)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        said = _("Closed: %(period)s.") % {"period": period_in_words(form.period)}
        messages.success(self.request, said)
        return redirect("lms_reports:closed")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "closed": [
                (period_in_words(Period(row.first, row.last)), row)
                for row in ClosedPeriod.objects.select_related("by")
            ]
        }
