"""Reports in the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from courses import clock
from lms import scoping
from lms.reports.answering import answer, form_for
from lms.reports.asker import WATCHED, Asker, asker
from lms.reports.asking import QuestionForm
from lms.reports.dataset import report, reports
from lms.reports.files import FORMATS, Answer
from lms.reports.lists import people_of
from lms.reports.period import Period
from lms.reports.question import Question
from lms.reports.showing import figures, shown
from lms.reports.trained import year_sentence
from lms.roles import is_administrator

A_PAGE = 100


class YearPanel(Component):
    """On the admin's dashboard: the year so far, for those who may count people."""

    order = 60
    template_name = "lms/admin/year.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        if not scoping.may_anywhere(user, "count"):
            return {}
        who = asker(user)
        question = Question(Period.year(clock.now().year), cohorts=who.cohorts)
        if who.is_observer:
            said = answer(report("people-trained"), question, who).sentence
        else:
            said = year_sentence(question)
        return {"sentence": said, "url": reverse("lms_reports:people_trained")}


class OfReports(WagtailAdminTemplateMixin, TemplateView):
    """A page of the reports: for those who may count people somewhere."""

    index_url = reverse_lazy("lms_reports:index")

    def dispatch(self, request, *args, **kwargs):
        if not scoping.may_anywhere(request.user, "count"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportIndexView(OfReports):
    """Every report there is."""

    page_title = gettext_lazy("Training reports")
    header_icon = "table"
    template_name = "lms/admin/report_index.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "reports": reports(),
            "can_see_people": scoping.may_anywhere(user, "see"),
            "can_close": is_administrator(user),
        }


class ReportView(OfReports):
    """A report's answer to what the address asks; names only for those who may."""

    template_name = "lms/admin/report.html"

    def setup(self, request, *args, key, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.report = report(key)
        except KeyError:
            raise Http404 from None
        self.page_title, self.header_icon = self.report.title, self.report.icon

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.index_url, "label": _("Training reports")},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def asker(self) -> Asker:
        return asker(self.request.user, whose=self.request.GET.get("whose", ""))

    @cached_property
    def form(self) -> QuestionForm:
        return form_for(self.report, self.request.GET, self.asker)

    @cached_property
    def can_see_people(self) -> bool:
        """RP-04: an observer never does."""
        if self.report.people is None or self.asker.is_observer:
            return False
        return scoping.may_anywhere(self.request.user, "see")

    @cached_property
    def answer(self) -> Answer:
        return answer(self.report, self.form.question(), self.asker)

    def post(self, request, *args, **kwargs):
        """The figures as a file, such as "figures.xlsx"; taking it is written down."""
        what, _dot, form = request.POST.get("file", "").partition(".")
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        if what == "figures" and form in FORMATS:
            return self._written_down(FORMATS[form])
        return self.get(request, *args, **kwargs)

    def _written_down(self, write):
        period = self.form.period
        days = {"from": str(period.first), "to": str(period.last)}
        user = self.request.user
        data = {"report": self.report.key, "table": "figures", **days}
        log(user, "lms.export", user=user, data=data)
        return write(f"{self.report.key}-{period.first}-{period.last}", self.answer)

    def people(self):
        """The rows behind the figures."""
        return self.report.people(self.form.question())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"form": self.form}
        if not self.form.is_valid():
            return context
        link = self.people_url if self.can_see_people else None
        tables = [table for table in self.answer.tables if not table.is_detail]
        return context | {
            "answer": self.answer,
            "asker": self.asker,
            "other_cohorts_url": self._other_cohorts(),
            "query": self._query({}),
            "figures": figures(tables[0]) if tables else [],
            "tables": [shown(table, link) for table in tables],
            "people_url": self.people_url({}) if link else "",
            "people_file_url": self._people_file_url() if link else "",
            "people": self.page_of_people(),
            "people_page_url": f"?{self._query({})}&list=people",
        }

    def page_of_people(self):
        if not self.can_see_people or self.request.GET.get("list") != "people":
            return None
        rows = Paginator(people_of(self.people()), A_PAGE)
        return rows.get_page(self.request.GET.get("page"))

    def _other_cohorts(self) -> str:
        """Where the other cohorts stand of somebody who sees some and observes some."""
        return f"?{self._query({'whose': '' if self.asker.is_observer else WATCHED})}"

    def _people_file_url(self) -> str:
        url = reverse("lms_reports:people_file", args=[self.report.key])
        return f"{url}?{self._query({})}"

    def people_url(self, narrows) -> str:
        return f"?{self._query(narrows)}&list=people#people"

    def _query(self, narrows) -> str:
        """The question as it stands in the address, without what is done with it."""
        query = self.request.GET.copy()
        query.pop("list", None)
        query.pop("page", None)
        for name, value in narrows.items():
            query[name] = value
        return query.urlencode()
