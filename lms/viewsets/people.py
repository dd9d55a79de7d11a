from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import Button, HeaderButton

from lms import scoping
from lms.actions import people as actions
from lms.actions.viewing import why_not_view
from lms.forms.people import (
    ABOUT,
    DonorForm,
    OrganisationForm,
    PersonForm,
    ProjectForm,
)
from lms.models import Donor, Organisation, Person, Project

from .consents import EnterPaperView, WithdrawView
from .erasing import CopyView, EraseView
from .filters import PersonFilterSet
from .merging import ChooseTwinView, DuplicatesView, MergeView, UndoMergeView
from .scoped import (
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
    VerbCreateView,
    VerbEditView,
)
from .timelines import PersonTimelineView
from .viewing import ViewAsView


class AddPersonView(VerbCreateView):
    def save_instance(self):
        return actions.add_person(by=self.request.user, **self.answers)


class ChangePersonView(VerbEditView):
    def save_instance(self):
        return actions.change_person(self.object, by=self.request.user, **self.answers)


class PeopleView(ScopedIndexView):
    """A list that finds Раҳимова by Rahimova, and people by their organisation."""

    @cached_property
    def header_more_buttons(self):
        if not self.permission_policy.user_has_permission(self.request.user, "change"):
            return super().header_more_buttons
        url = reverse("lms_people:duplicates")
        label = gettext("Who may be one person")
        button = Button(label, url=url, icon_name="group", priority=5)
        return [*super().header_more_buttons, button]

    def search_queryset(self, queryset):
        if not self.search_query:
            return queryset
        sent_by = Organisation.objects.filter(name__icontains=self.search_query)
        found = queryset.matching(self.search_query)
        return found | queryset.filter(organisation__in=sent_by.values("pk"))


class PersonPageView(ScopedInspectView):
    """A person, with their places in the cohorts of who looks."""

    page_title = _("Person")
    template_name = "lms/admin/person.html"

    @cached_property
    def header_buttons(self):
        if not self.user_has_permission_for_instance("change", self.object):
            return []
        edit = reverse("lms_people:edit", args=[self.object.pk])
        history = reverse("lms_people:history", args=[self.object.pk])
        twin = reverse("lms_people:choose_twin", args=[self.object.pk])
        buttons = [
            HeaderButton(gettext("Edit"), url=edit, icon_name="edit"),
            HeaderButton(gettext("History"), url=history, icon_name="history"),
            HeaderButton(gettext("Merge"), url=twin, icon_name="group"),
        ]
        if not why_not_view(self.request.user, self.object):
            view_as = reverse("lms_people:view_as", args=[self.object.pk])
            label = gettext("View as")
            buttons.append(HeaderButton(label, url=view_as, icon_name="view"))
        if self.user_has_permission_for_instance("copy", self.object):
            copy = reverse("lms_people:copy_data", args=[self.object.pk])
            label = gettext("Copy of the data")
            buttons.append(HeaderButton(label, url=copy, icon_name="download"))
        if self.user_has_permission_for_instance("erase", self.object):
            erase = reverse("lms_people:erase", args=[self.object.pk])
            label = gettext("Erase who this was")
            buttons.append(HeaderButton(label, url=erase, icon_name="bin"))
        return buttons

    def get_context_data(self, **kwargs):
        places = scoping.scope(self.object.enrolments.all(), self.request.user)
        places = places.select_related("cohort").order_by("-cohort__starts_on", "pk")
        context = {"places": places}
        if self.user_has_permission_for_instance("change", self.object):
            context |= self._about_consent()
        return super().get_context_data(**kwargs) | context

    def _about_consent(self) -> dict:
        """What the person agreed to, and the steps: for who may change the person."""
        consents = list(self.object.consents.select_related("text", "by"))
        steps = [("enter_paper", EnterPaperView.page_title)]
        if any(one.withdrawn_at is None for one in consents):
            steps.append(("withdraw_consent", WithdrawView.page_title))
        urls = [
            (reverse(f"lms_people:{name}", args=[self.object.pk]), label)
            for name, label in steps
        ]
        return {"consents": consents, "steps": urls}


class PersonViewSet(ScopedViewSet):
    """People appear to staff once they are enrolled in one of their cohorts."""

    model = Person
    name = "lms_people"
    url_prefix = "training/people"
    icon = "user"
    doors = (ScopedViewSet.doors - {"history_results"}) | {"inspect"}
    inspect_view_enabled = True
    inspect_view_fields = ABOUT
    history_view_class = PersonTimelineView
    form_class = PersonForm
    related = ["organisation"]
    inspect_view_class = PersonPageView
    index_view_class = PeopleView
    add_view_class = AddPersonView
    edit_view_class = ChangePersonView
    list_display = ["legal_name", "organisation", "audience", "region", "email"]
    list_export = ["legal_name", "latin_name", "organisation", "audience", "region"]
    filterset_class = PersonFilterSet
    search_fields = ["search_key"]

    def get_urlpatterns(self):
        view = self.construct_view
        return [
            *super().get_urlpatterns(),
            path("duplicates/", view(DuplicatesView), name="duplicates"),
            path("merge/<int:pk>/", view(ChooseTwinView), name="choose_twin"),
            path("merge/<int:pk>/into/<int:into>/", view(MergeView), name="merge"),
            path("merges/<int:pk>/undo/", view(UndoMergeView), name="undo_merge"),
            path("erase/<int:pk>/", view(EraseView), name="erase"),
            path("data/<int:pk>/", view(CopyView), name="copy_data"),
            path("consent/<int:pk>/", view(EnterPaperView), name="enter_paper"),
            path(
                "consent/<int:pk>/withdraw/",
                view(WithdrawView),
                name="withdraw_consent",
            ),
            path("view-as/<int:pk>/", view(ViewAsView), name="view_as"),
        ]


class AddOrganisationView(VerbCreateView):
    def save_instance(self):
        return actions.add_organisation(by=self.request.user, **self.answers)


class ChangeOrganisationView(VerbEditView):
    def save_instance(self):
        return actions.change_organisation(
            self.object, by=self.request.user, **self.answers
        )


class OrganisationViewSet(ScopedViewSet):
    model = Organisation
    name = "lms_organisations"
    url_prefix = "training/organisations"
    icon = "home"
    form_class = OrganisationForm
    add_view_class = AddOrganisationView
    edit_view_class = ChangeOrganisationView
    list_display = ["name", "sector", "country", "region"]
    list_filter = ["sector", "region"]
    search_fields = ["name"]


class AddDonorView(VerbCreateView):
    def save_instance(self):
        return actions.add_donor(by=self.request.user, **self.answers)


class ChangeDonorView(VerbEditView):
    def save_instance(self):
        return actions.change_donor(self.object, by=self.request.user, **self.answers)


class DonorViewSet(ScopedViewSet):
    model = Donor
    name = "lms_donors"
    url_prefix = "training/donors"
    icon = "pick"
    form_class = DonorForm
    add_view_class = AddDonorView
    edit_view_class = ChangeDonorView
    list_display = ["name", "short_name"]
    search_fields = ["name", "short_name"]


class AddProjectView(VerbCreateView):
    def save_instance(self):
        return actions.add_project(by=self.request.user, **self.answers)


class ChangeProjectView(VerbEditView):
    def save_instance(self):
        return actions.change_project(self.object, by=self.request.user, **self.answers)


class ProjectViewSet(ScopedViewSet):
    model = Project
    name = "lms_projects"
    url_prefix = "training/projects"
    icon = "folder-open-inverse"
    form_class = ProjectForm
    add_view_class = AddProjectView
    edit_view_class = ChangeProjectView
    list_display = ["name", "short_name"]
    search_fields = ["name", "short_name"]
