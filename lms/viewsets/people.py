from lms.actions import people as actions
from lms.forms.people import ABOUT, DonorForm, OrganisationForm, PersonForm
from lms.models import Donor, Organisation, Person

from .filters import PersonFilterSet
from .scoped import ScopedViewSet, VerbCreateView, VerbEditView


class AddPersonView(VerbCreateView):
    def save_instance(self):
        return actions.add_person(by=self.request.user, **self.answers)


class ChangePersonView(VerbEditView):
    def save_instance(self):
        return actions.change_person(self.object, by=self.request.user, **self.answers)


class PersonViewSet(ScopedViewSet):
    """People appear to staff once they are enrolled in one of their cohorts."""

    model = Person
    name = "lms_people"
    url_prefix = "training/people"
    icon = "user"
    doors = ScopedViewSet.doors | {"inspect"}
    inspect_view_enabled = True
    inspect_view_fields = ABOUT
    form_class = PersonForm
    related = ["organisation"]
    add_view_class = AddPersonView
    edit_view_class = ChangePersonView
    list_display = ["legal_name", "organisation", "audience", "region", "email"]
    list_export = ["legal_name", "latin_name", "organisation", "audience", "region"]
    filterset_class = PersonFilterSet
    search_fields = ["legal_name", "latin_name", "email", "organisation__name"]


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
