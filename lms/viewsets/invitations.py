"""Invitations and nominations of a cohort; reached from its admission page."""

from django.conf import settings
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from courses import clock
from lms.actions.invitations import invite, revoke_invitation
from lms.actions.nominations import nominate, revoke_nomination
from lms.actions.people import add_person
from lms.forms.admission import InvitationForm, NominationForm
from lms.forms.cohorts import NothingForm
from lms.models import Invitation, Nomination, Person

from .filters import InvitationFilterSet, NominationFilterSet
from .picking import NamingView
from .scoped import (
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
    StepView,
    VerbCreateView,
)


def _full(view: str, *args, **query: str) -> str:
    """An address to hand on, whichever language its reader has."""
    path = reverse(f"lms:{view}", args=args, query=query or None)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


class CodedIndexView(ScopedIndexView):
    def get_edit_url(self, instance):
        return None

    def get_list_more_buttons(self, instance):
        return []


class CodedPageView(ScopedInspectView):
    """The code, the address to hand on, and what became of it."""

    revoke_url_name = ""

    def is_revocable(self) -> bool:
        return not self.object.is_over(clock.now())

    @cached_property
    def header_buttons(self):
        if not self.is_revocable():
            return []
        url = reverse(self.revoke_url_name, args=[self.object.pk])
        return [HeaderButton(_("Take back"), url=url, icon_name="bin")]

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "coded": self.object,
            "until": self.object.expires_at.astimezone(self.object.cohort.zone),
            "is_over": self.object.is_over(clock.now()),
            "code_url": _full("claim", code=self.object.code),
        }


class InvitationPageView(CodedPageView):
    page_title = _("Invitation")
    template_name = "lms/admin/invitation.html"
    revoke_url_name = "lms_invitations:revoke"

    def is_revocable(self) -> bool:
        return super().is_revocable() and self.object.claimed_at is None


class NominationPageView(CodedPageView):
    page_title = _("Nomination")
    template_name = "lms/admin/nomination.html"
    revoke_url_name = "lms_nominations:revoke"

    def get_context_data(self, **kwargs):
        nominees = self.object.nominees.select_related("enrolment__person")
        nominees = list(nominees)
        named = sum(one.replaced_at is None for one in nominees)
        return super().get_context_data(**kwargs) | {
            "nominees": nominees,
            "left": max(self.object.seats - named, 0),
            "page_url": _full("nomination", self.object.key),
        }


class InviteView(NamingView):
    """Finds or adds the person, where a name is given; then the verb invites."""

    page_subtitle = _("Invite somebody")
    submit_button_label = _("Invite")

    def save_instance(self):
        answers = dict(self.answers)
        name, email = answers.pop("legal_name"), answers["email"]
        known = Person.objects.with_email(email).exists() if email else False
        if name and email and not answers["person"] and not known:
            locale = answers["cohort"].locale
            answers["person"] = add_person(
                by=self.request.user, legal_name=name, email=email, locale=locale
            )
        return invite(answers.pop("cohort"), by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("lms_invitations:inspect", args=[self.object.pk])


class NominateView(VerbCreateView):
    page_subtitle = _("Give seats to an organisation")
    submit_button_label = _("Give the seats")

    def save_instance(self):
        answers = dict(self.answers)
        return nominate(answers.pop("cohort"), by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("lms_nominations:inspect", args=[self.object.pk])


class RevokeView(StepView):
    form_class = NothingForm
    page_title = _("Take back")
    explanation = _("The code opens nothing any more. Places taken with it stay.")
    success_message = _("It is taken back.")
    related = ["cohort"]


class RevokeInvitationView(RevokeView):
    model = Invitation

    def take_step(self):
        revoke_invitation(self.subject, by=self.request.user)


class RevokeNominationView(RevokeView):
    model = Nomination

    def take_step(self):
        revoke_nomination(self.subject, by=self.request.user)


class CodedViewSet(ScopedViewSet):
    """What both have in common: no editing, a page of its own, taking back."""

    doors = {"index", "index_results", "add", "inspect"}
    inspect_view_enabled = True
    index_view_class = CodedIndexView
    add_to_admin_menu = False
    revoke_view_class: type | None = None

    def get_urlpatterns(self):
        revoke = self.construct_view(self.revoke_view_class)
        return [
            *super().get_urlpatterns(),
            path("revoke/<int:pk>/", revoke, name="revoke"),
        ]


class InvitationViewSet(CodedViewSet):
    model = Invitation
    name = "lms_invitations"
    url_prefix = "training/invitations"
    icon = "mail"
    form_class = InvitationForm
    related = ["cohort", "person"]
    inspect_view_class = InvitationPageView
    add_view_class = InviteView
    revoke_view_class = RevokeInvitationView
    list_display = [
        Column("who", label=_("Who"), accessor=str),
        Column("cohort", label=_("Cohort"), accessor="cohort.title"),
        "expires_at",
        "claimed_at",
        "revoked_at",
    ]
    filterset_class = InvitationFilterSet
    search_fields = ["person__legal_name", "email"]


class NominationViewSet(CodedViewSet):
    model = Nomination
    name = "lms_nominations"
    url_prefix = "training/nominations"
    icon = "group"
    form_class = NominationForm
    related = ["cohort", "organisation"]
    inspect_view_class = NominationPageView
    add_view_class = NominateView
    revoke_view_class = RevokeNominationView
    list_display = [
        "organisation",
        Column("cohort", label=_("Cohort"), accessor="cohort.title"),
        "seats",
        "expires_at",
        "revoked_at",
    ]
    filterset_class = NominationFilterSet
    search_fields = ["organisation__name", "contact_name"]
