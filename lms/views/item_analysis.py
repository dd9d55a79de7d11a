"""How well quizzes and their questions work, for the staff of their cohorts."""

from itertools import chain

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.log_actions import log

from courses.models import QuizPage
from lms import scoping
from lms.item_figures import ENOUGH
from lms.models import Attempt, Cohort
from lms.reports import item_tables, items
from lms.reports.counting import tenths
from lms.reports.export import book_response, csv_response
from lms.reports.files import table_rows
from lms.study import page_of


@never_cache
@login_required
def item_analysis(request, activity) -> HttpResponse:
    """A quiz in all cohorts whose people its reader may see; posting takes a file."""
    cohorts = scoping.cohorts_for(request.user, "see")
    sat = Attempt.objects.filter(quiz_key=activity, enrolment__cohort__in=cohorts)
    if not sat.exists():
        raise Http404
    found = items.analysis(activity, cohorts)
    shown = items.shown_items(found)
    if request.method == "POST":
        return _file(request, activity, shown)
    context = {
        "title": _title(activity),
        "found": found,
        "items": shown,
        "mean": tenths(found.mean and found.mean * 100),
        "error": found.error and found.error * 100,
        "least": ENOUGH,
        "cohorts": Cohort.objects.filter(enrolments__attempts__in=sat).distinct(),
        "may_regrade": scoping.may_anywhere(request.user, "manage"),
        "definition": item_tables.definition(),
    }
    return render(request, "lms/item_analysis.html", context)


def _title(quiz) -> str:
    page = page_of(quiz, QuizPage)
    return page.title if page else _("A quiz that is no longer there")


def _file(request, quiz, shown) -> HttpResponse:
    """The same figures as CSV or XLSX; taking them is written down."""
    tables = item_tables.tables(shown)
    data = {"report": "item-analysis", "table": "figures", "quiz": str(quiz)}
    # The log does not look through the two lazy layers of the request's account.
    account = get_user_model().objects.get(pk=request.user.pk)
    log(account, "lms.export", user=account, data=data)
    if request.POST.get("file") == "csv":
        rows = [[[one.title], *table_rows(one), []] for one in tables]
        return csv_response("item-analysis", chain.from_iterable(rows))
    return book_response(
        "item-analysis", [(one.title, table_rows(one)) for one in tables]
    )
