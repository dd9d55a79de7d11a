from django.utils.translation import gettext_lazy as _

from lms.actions import surveys as actions
from lms.forms.surveys import SurveyTemplateForm
from lms.models import SurveyTemplate

from .scoped import ScopedViewSet, VerbCreateView, VerbEditView


class WriteQuestionsView(VerbCreateView):
    def save_instance(self):
        return _change(self)


class ChangeQuestionsView(VerbEditView):
    def save_instance(self):
        return _change(self)


def _change(view) -> SurveyTemplate:
    return actions.change_questions(
        view.answers["kind"],
        questions=view.answers["questions"],
        by=view.request.user,
    )


class SurveyTemplateViewSet(ScopedViewSet):
    """Other questions than the product's own, one row for each time of asking."""

    model = SurveyTemplate
    name = "lms_survey_questions"
    url_prefix = "training/survey-questions"
    icon = "form"
    menu_label = _("Survey questions")
    form_class = SurveyTemplateForm
    add_view_class = WriteQuestionsView
    edit_view_class = ChangeQuestionsView
    list_display = ["kind"]
