import django_filters
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from certificates import codes
from certificates.actions import issuing as actions
from certificates.models import Certificate
from certificates.timelines import of_certificate
from certificates.verification import look_up
from lms.forms.cohorts import ReasonForm
from lms.viewsets.filters import cohorts_of_user
from lms.viewsets.scoped import (
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
    StepView,
)
from lms.viewsets.timelines import TimelineView

Status = Certificate.Status
# The step that can be taken from each state: its address and its name.
STEPS = {
    Status.VALID: [("revoke", _("Revoke")), ("replace", _("Correct the name"))],
    Status.REVOKED: [("reinstate", _("Make valid again"))],
}


class CertificateFilterSet(WagtailFilterSet):
    cohort = django_filters.ModelChoiceFilter(
        label=_("Cohort"), queryset=cohorts_of_user, field_name="enrolment__cohort"
    )

    class Meta:
        model = Certificate
        fields = ["status", "cohort"]


class CertificateIndexView(ScopedIndexView):
    def get_list_more_buttons(self, instance):
        if not instance.may_change:
            return []
        return [
            Button(label, url=_step_url(name, instance), icon_name="edit")
            for name, label in STEPS.get(instance.status, [])
        ]


class CertificatePageView(ScopedInspectView):
    """What it says, the file, what became of it and who did so."""

    template_name = "certificates/admin/certificate.html"

    def get_page_title(self):
        return self.object.number

    def get_breadcrumbs_items(self):
        rows = {"url": reverse("certificates_list:index"), "label": _("Certificates")}
        return [*self.breadcrumbs_items, rows, {"url": "", "label": str(self.object)}]

    @cached_property
    def may_change(self):
        return self.user_has_permission_for_instance("change", self.object)

    @cached_property
    def header_buttons(self):
        if not self.may_change:
            return []
        history = reverse("certificates_list:history", args=[self.object.pk])
        return [
            *(
                HeaderButton(label, url=_step_url(name, self.object), icon_name="edit")
                for name, label in STEPS.get(self.object.status, [])
            ),
            HeaderButton(_("History"), url=history, icon_name="history"),
        ]

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(**kwargs) | {
            "certificate": row,
            "holder": row.content["holder"],
            "code": codes.grouped(row.code),
            "answer": look_up(row.code),
            "replaced_by": getattr(row, "replaced_by", None),
            "may_change": self.may_change,
        }


def _step_url(name, row) -> str:
    return reverse(f"certificates_list:{name}", args=[row.pk])


class CertificateStepView(StepView):
    model = Certificate
    related = ["enrolment__person"]
    form_class = ReasonForm

    def came_from(self):
        url = reverse("certificates_list:inspect", args=[self.subject.pk])
        return url, str(self.subject)


class RevokeView(CertificateStepView):
    page_title = _("Revoke")
    explanation = _(
        "Whoever checks the certificate is told that it was revoked, and when. "
        "The reason stays with us. Somebody else can undo it."
    )
    success_message = _("The certificate is revoked.")

    def take_step(self, reason):
        actions.revoke(self.subject, by=self.request.user, reason=reason)


class ReplaceView(CertificateStepView):
    page_title = _("Correct the name")
    explanation = _(
        "First correct the name of the person. Then this issues a new certificate with "
        "the present name and the same award date; the old one says that it was "
        "replaced."
    )
    success_message = _("A new certificate is issued in its place.")

    def take_step(self, reason):
        self.subject = actions.replace(
            self.subject, by=self.request.user, reason=reason
        )


class ReinstateView(CertificateStepView):
    page_title = _("Make valid again")
    explanation = _(
        "For a certificate somebody else revoked by mistake: it is valid again, with "
        "the same number and code."
    )
    success_message = _("The certificate is valid again.")

    def take_step(self, reason):
        actions.reinstate(self.subject, by=self.request.user, reason=reason)


class CertificateTimelineView(TimelineView):
    story = staticmethod(of_certificate)


class CertificateViewSet(ScopedViewSet):
    """Coordinators see and end those of their cohorts; nobody deletes one."""

    model = Certificate
    name = "certificates_list"
    url_prefix = "training/certificates"
    icon = "success"
    doors = {"index", "index_results", "inspect", "history"}
    inspect_view_enabled = True
    related = ["enrolment__person", "enrolment__cohort", "issued_by", "ended_by"]
    index_view_class = CertificateIndexView
    inspect_view_class = CertificatePageView
    history_view_class = CertificateTimelineView
    filterset_class = CertificateFilterSet
    list_display = [
        "number",
        Column(
            "holder",
            label=_("Participant"),
            accessor="enrolment.person",
            sort_key="enrolment__person__legal_name",
        ),
        Column(
            "cohort",
            label=_("Cohort"),
            accessor="enrolment.cohort.title",
            sort_key="enrolment__cohort__title",
        ),
        "status",
        "awarded_on",
    ]
    list_export = ["number", "code", "enrolment", "status", "awarded_on", "issued_at"]
    search_fields = [
        "number",
        "code",
        "enrolment__person__legal_name",
        "enrolment__person__latin_name",
    ]

    def get_urlpatterns(self):
        steps = {
            "revoke": RevokeView,
            "replace": ReplaceView,
            "reinstate": ReinstateView,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in steps.items()
            ),
        ]
