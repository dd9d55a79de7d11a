from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from certificates import codes
from certificates.actions.ending import CannotReinstate, refuse_reinstating
from certificates.checking.verification import look_up
from certificates.corrections import can_be_corrected
from certificates.due.renewing import can_be_renewed, opens_on, renewal_of
from certificates.forms.papers import paper_languages
from certificates.models import Certificate
from certificates.timelines import of_certificate
from lms.roles import is_administrator
from lms.viewsets.scoped import (
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
)
from lms.viewsets.timelines import TimelineView

from . import rechecks, sending, steps
from .corrected import CorrectedView
from .filters import CertificateFilterSet

Status = Certificate.Status
# The step that can be taken from each state: its address and its name.
STEPS = {
    Status.VALID: [
        ("replace", _("Correct the name")),
        ("ask_name", _("Ask for another name")),
        ("renew", _("Renew")),
        ("send_copy", _("Send a copy")),
        ("revoke", _("Revoke")),
    ],
    Status.REVOKED: [("reinstate", _("Make valid again"))],
}


class CertificateIndexView(ScopedIndexView):
    @cached_property
    def header_buttons(self):
        """To the copies of one cohort; for administrators, to those who have none."""
        buttons = []
        cohort, user = self.request.GET.get("cohort", ""), self.request.user
        rows = sending.sendable(self.permission_policy, user)
        is_number = cohort.isdecimal() and len(cohort) < 18
        if is_number and rows.filter(cohort=int(cohort)).exists():
            url = reverse("certificates_list:send_copies", args=[int(cohort)])
            buttons.append(HeaderButton(_("Send a copy"), url=url, icon_name="mail"))
        if is_administrator(user):
            url = reverse("certificates:issue_query")
            label = _("Issue to many")
            buttons.append(HeaderButton(label, url=url, icon_name="success"))
        return buttons

    def get_list_more_buttons(self, instance):
        if not instance.may_change:
            return []
        return [
            Button(label, url=_step_url(name, instance), icon_name="edit")
            for name, label in STEPS.get(instance.status, [])
            if name != "reinstate" or not _refused(instance, self.request.user)
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
        return [HeaderButton(_("History"), url=history, icon_name="history")]

    def can_be_taken(self, name: str) -> bool:
        """Most can always; these wait for a name, a day or somebody else."""
        if name == "replace":
            return can_be_corrected(self.object)
        if name == "reinstate":
            return not _refused(self.object, self.request.user)
        return name != "renew" or can_be_renewed(self.object)

    @property
    def reinstating(self) -> str:
        """Why who revoked it does not find the step that undoes it (CE-20)."""
        is_revoked = self.object.status == Status.REVOKED
        return (
            _refused(self.object, self.request.user)
            if is_revoked and self.may_change
            else ""
        )

    def get_context_data(self, **kwargs):
        row = self.object
        return super().get_context_data(**kwargs) | {
            "certificate": row,
            "holder": row.content["holder"],
            "code": codes.grouped(row.code),
            "answer": look_up(row.code),
            "replaced_by": getattr(row, "replaced_by", None),
            "renewed_by": renewal_of(row),
            "renewal_opens": opens_on(row),
            "languages": _languages(row),
            "may_change": self.may_change,
            "steps": [
                (label, _step_url(name, row))
                for name, label in STEPS.get(row.status, [])
                if self.may_change and self.can_be_taken(name)
            ],
            "reinstating": self.reinstating,
            **rechecks.of_page(row, self.request.user),
        }


def _languages(row) -> list[str]:
    """Those it was drawn in besides its own, by name."""
    names = dict(paper_languages())
    drawn = row.copies.values_list("language", flat=True)
    return [str(names.get(code, code)) for code in drawn]


def _refused(row: Certificate, user) -> str:
    """Why this user cannot make it valid again; nothing if they can."""
    try:
        refuse_reinstating(row, by=user)
    except CannotReinstate as refusal:
        return str(refusal)
    return ""


def _step_url(name, row) -> str:
    return reverse(f"certificates_list:{name}", args=[row.pk])


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
    related = ["person", "cohort", "issued_by", "ended_by"]
    index_view_class = CertificateIndexView
    inspect_view_class = CertificatePageView
    history_view_class = CertificateTimelineView
    filterset_class = CertificateFilterSet
    list_display = [
        "number",
        "kind",
        Column(
            "holder",
            label=_("Participant"),
            accessor="person",
            sort_key="person__legal_name",
        ),
        Column(
            "cohort",
            label=_("Cohort"),
            accessor="cohort.title",
            sort_key="cohort__title",
        ),
        "status",
        "awarded_on",
    ]
    list_export = [
        "number",
        "code",
        "kind",
        "person",
        "cohort",
        "status",
        "awarded_on",
        "valid_until",
        "issued_at",
    ]
    search_fields = [
        "number",
        "code",
        "person__legal_name",
        "person__latin_name",
    ]

    def get_urlpatterns(self):
        views = {
            "revoke": steps.RevokeView,
            "replace": steps.ReplaceView,
            "ask_name": steps.AskNameView,
            "renew": steps.RenewView,
            "send_copy": sending.SendCopyView,
            "send_copies": sending.SendCopiesView,
            "reinstate": steps.ReinstateView,
            "corrected": CorrectedView,
            "let_stand": rechecks.LetStandView,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in views.items()
            ),
        ]
