"""Importing a typed register: the file, the dry run, and the button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from lms.actions import register_import as actions
from lms.actions.refusal import ReasonMissing, Refused
from lms.alphabet import by_name
from lms.forms.register_import import TableForm, chosen_columns, decisions_from
from lms.models import Cohort, Session
from lms.register_table import Slot, Table, suggested

from .papers import taught_cohort


@never_cache
@login_required
def import_register(request, code):
    """Step by step on one page; nothing is kept between them but in the page."""
    cohort = taught_cohort(request.user, code)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, cohort, form)
    sessions = list(cohort.sessions.live().select_related("cohort"))
    table = form.read
    is_first = bool(form.cleaned_data["file"])
    columns = _columns(request, table, sessions, is_first)
    asked = {
        "columns": columns,
        "decisions": {} if is_first else decisions_from(request.POST),
    }
    reason_error = ""
    doubled = len(set(columns.values())) < len(columns)
    if request.POST.get("then") == "apply" and columns and not doubled:
        try:
            reason = request.POST.get("reason", "")
            done = actions.import_register(
                cohort, table, by=request.user, reason=reason, **asked
            )
        except ReasonMissing as refusal:
            reason_error = str(refusal)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _tell(request, done)
            return redirect("lms:sessions", cohort.code)
    found = actions.plan(cohort, table, **asked)
    context = {
        "cohort": cohort,
        "form": form,
        "table": table,
        "sessions": sessions,
        "columns": [
            (column, heading, columns.get(column))
            for column, heading in table.headings.items()
        ],
        "doubled": doubled,
        "plan": found,
        # What needs somebody's word comes first, however long the list is.
        "entries": sorted(
            found.entries, key=lambda entry: entry.is_clear and not entry.refused
        ),
        "people": _people(cohort),
        "reason": request.POST.get("reason", ""),
        "reason_error": reason_error,
    }
    return render(request, "lms/register_import.html", context)


def _columns(request, table: Table, sessions: list[Session], is_first: bool):
    if is_first:
        slots = [Slot(one.pk, one.local_date, one.local_time) for one in sessions]
        return suggested(table, slots)
    return chosen_columns(request.POST, table, {one.pk for one in sessions})


def _ask(request, cohort: Cohort, form: TableForm):
    context = {"cohort": cohort, "form": form}
    return render(request, "lms/register_import.html", context)


def _people(cohort: Cohort):
    rows = cohort.enrolments.exclude(active_from=None)
    rows = rows.exclude(person__merged_into__isnull=False).select_related("person")
    return sorted(rows, key=lambda one: (by_name(one.person.legal_name), one.pk))


def _tell(request, done: actions.Plan) -> None:
    text = _(
        "Imported: %(new)s new marks, %(change)s changed, %(kept)s kept because "
        "somebody marked them in the room, %(refused)s lines refused."
    )
    messages.success(request, text % done.counts)
    open_lines = done.counts["asked"]
    if open_lines:
        text = ngettext(
            "%(count)s line is left out: nobody said who it is. Import the file once "
            "more to decide.",
            "%(count)s lines are left out: nobody said who they are. Import the file "
            "once more to decide.",
            open_lines,
        )
        messages.warning(request, text % {"count": open_lines})
