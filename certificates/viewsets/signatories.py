from certificates.actions import templates as actions
from certificates.forms.signatories import SignatoryForm
from certificates.models import Signatory
from lms.viewsets.scoped import ScopedViewSet, VerbCreateView, VerbEditView


class AddSignatoryView(VerbCreateView):
    def save_instance(self):
        return actions.add_signatory(by=self.request.user, **self.form.answers)


class ChangeSignatoryView(VerbEditView):
    def save_instance(self):
        return actions.change_signatory(
            self.object, by=self.request.user, **self.form.answers
        )


class SignatoryViewSet(ScopedViewSet):
    """Administrators only."""

    model = Signatory
    name = "certificate_signatories"
    url_prefix = "training/signatories"
    icon = "edit"
    form_class = SignatoryForm
    add_view_class = AddSignatoryView
    edit_view_class = ChangeSignatoryView
    list_display = ["name", "place", "since", "until"]
    search_fields = ["name"]
