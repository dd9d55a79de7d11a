"""Reports in the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from courses import clock
from lms import scoping
from lms.reports.asking import PeopleTrainedForm
from lms.reports.export import csv_response, xlsx_response
from lms.reports.people_trained import by, participations, total
from lms.reports.period import Period
from lms.reports.question import Question
from lms.reports.tables import figure_rows, people_rows, tables
from lms.sentence import sentence

FILES = {"csv": csv_response, "xlsx": xlsx_response}
TABLES = {"figures": figure_rows, "people": people_rows}


def year_sentence(question: Question) -> str:
    """The sentence of the year the question's period begins in."""
    people = {key[0]: figure.people for key, figure in by(question, "audience").items()}
    return sentence(
        year=question.period.first.year,
        people=total(question).people,
        by_audience=people,
    )


class YearPanel(Component):
    """On the admin's dashboard: the year so far, for those who may count people."""

    order = 60
    template_name = "lms/admin/year.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        if not scoping.may_anywhere(user, "count"):
            return {}
        period = Period.year(clock.now().year)
        question = Question(period, cohorts=scoping.cohorts_for(user))
        return {"sentence": year_sentence(question), "url": PeopleTrainedView.url}


class PeopleTrainedView(WagtailAdminTemplateMixin, TemplateView):
    """The donors' table and the sentence; names only for those who may see them."""

    page_title = _("People trained")
    header_icon = "group"
    template_name = "lms/admin/people_trained.html"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": _("People trained")},
    ]
    url = reverse_lazy("lms_reports:people_trained")

    def dispatch(self, request, *args, **kwargs):
        if not scoping.may_anywhere(request.user, "count"):
            raise PermissionDenied
        cohorts = scoping.cohorts_for(request.user)
        self.form = PeopleTrainedForm(request.GET, cohorts=cohorts)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """A file of what the address asks; taking it is written down.

        `file` is a table and a format, such as "people.xlsx".
        """
        table, _dot, form = request.POST.get("file", "").partition(".")
        if table not in TABLES or form not in FILES or not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        question = self.form.question()
        if table == "people":
            question = self.seen_by_name(question)
        period = question.period
        log(
            request.user,
            "lms.export",
            user=request.user,
            data={"table": table, "from": str(period.first), "to": str(period.last)},
        )
        name = f"{table}-{period.first}-{period.last}"
        return FILES[form](name, TABLES[table](question))

    def seen_by_name(self, question: Question) -> Question:
        """The same question within the cohorts whose people the person may see."""
        return question.among(scoping.cohorts_for(self.request.user, "see"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"form": self.form}
        if not self.form.is_valid():
            return context
        question = self.form.question()
        named = self.seen_by_name(question)
        can_see = scoping.may_anywhere(self.request.user, "see")
        return context | {
            "query": self.form_query(),
            "question": question,
            "figure": total(question),
            "sentence": year_sentence(question),
            "tables": tables(question),
            "can_see_people": can_see,
            "people": participations(named) if self.wants_list(can_see) else None,
        }

    def wants_list(self, can_see: bool) -> bool:
        return can_see and self.request.GET.get("list") == "people"

    def form_query(self) -> str:
        """The question as it stands in the address, without what is done with it."""
        query = self.request.GET.copy()
        query.pop("list", None)
        return query.urlencode()
