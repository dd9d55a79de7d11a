"""Typing in a signed sheet of paper, and the photo of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses import clock
from lms.actions import register_scans as actions
from lms.actions.refusal import Refused
from lms.forms.register_grid import NAME, Grid, ScanForm
from lms.models import Cohort, RegisterScan, Session
from lms.room_papers import days_of

from . import kept_cells
from .papers import taught_cohort

# Django reads a thousand fields of a form at most.
MOST_FIELDS = 900
KEPT = "kept_grid"


@never_cache
def register_grid(request, code):
    """The grid of a day or of one session; one Save, nothing lost."""
    if not request.user.is_authenticated:
        kept_cells.keep(request, KEPT, NAME.fullmatch)
        return redirect_to_login(request.get_full_path())
    cohort = taught_cohort(request.user, code)
    sessions = _sessions(request, cohort)
    grid = Grid(sessions)
    posted = request.POST if request.method == "POST" else None
    touched = grid.read(
        posted if posted is not None else kept_cells.take(request, KEPT)
    )
    if posted is not None:
        reason = request.POST.get("reason", "")
        changed = grid.save(touched, by=request.user, reason=reason)
        wrong = [cell for cell in touched if cell.error]
        _tell(request, changed, len(wrong))
        if not wrong:
            return redirect(request.get_full_path())
        grid = _with(Grid(sessions), wrong)
    return _show(request, cohort, grid, ScanForm())


@require_POST
@login_required
def add_scan(request, code):
    """Keep a photo or scan with the sessions it was signed for."""
    cohort = taught_cohort(request.user, code)
    sessions = _sessions(request, cohort)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.keep_scan(
                cohort,
                sessions=sessions,
                data=form.cleaned_data["file"],
                by=request.user,
            )
        except Refused as refusal:
            refusal.tell(form)
        else:
            messages.success(request, _("The sheet is kept with the register."))
            return redirect(_address(request, cohort))
    return _show(request, cohort, Grid(sessions), form)


@require_POST
@login_required
def remove_scan(request, code, pk):
    """Take a wrong photo away."""
    cohort = taught_cohort(request.user, code)
    scan = get_object_or_404(cohort.register_scans.exclude(file=""), pk=pk)
    actions.remove_scan(scan, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect(_address(request, cohort))


@never_cache
@require_safe
@login_required
def scan(request, code, pk):
    """The kept paper, as a file and never as a page of this site."""
    cohort = taught_cohort(request.user, code)
    kept = get_object_or_404(cohort.register_scans.exclude(file=""), pk=pk)
    extension = kept.file.name.rpartition(".")[2]
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=f"sheet-{cohort.code}-{kept.pk}.{extension}",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def _sessions(request, cohort: Cohort) -> list[Session]:
    """Those of the day or the one asked for; else of the last day that has come."""
    days = dict(days_of(cohort))
    session, day = request.GET.get("session", ""), request.GET.get("day", "")
    if session:
        every = (one for here in days.values() for one in here)
        found = [one for one in every if str(one.pk) == session]
    elif day:
        found = days.get(_day(day), [])
    else:
        today = cohort.day_of(clock.now())
        past = [one for one in days if one <= today] or list(days)[:1]
        found = days[max(past)] if past else []
    if not found and (session or day):
        raise Http404
    return found


def _day(written: str):
    try:
        return parse_date(written)
    except ValueError:
        return None


def _address(request, cohort: Cohort) -> str:
    query = request.GET.urlencode()
    page = reverse("lms:register_grid", args=[cohort.code])
    return f"{page}?{query}" if query else page


def _show(request, cohort: Cohort, grid: Grid, form: ScanForm):
    most = max(1, MOST_FIELDS // max(1, len(grid.sessions)))
    scans = RegisterScan.objects.filter(sessions__in=grid.sessions).exclude(file="")
    context = {
        "cohort": cohort,
        "grid": grid,
        "page_obj": Paginator(grid.people, most).get_page(request.GET.get("page")),
        "keys": grid.keys(grid.sessions[0]) if grid.sessions else [],
        "days": days_of(cohort),
        "form": form,
        "scans": scans.distinct().select_related("by"),
        "query": request.GET.urlencode(),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "lms/register_grid.html", context)


def _with(grid: Grid, wrong) -> Grid:
    """The marks as they are now, and in the cells that are wrong what was typed."""
    for cell in wrong:
        fresh = grid.cells.get((cell.session.pk, cell.line.pk))
        if fresh:
            fresh.typed, fresh.error = cell.typed, cell.error
    return grid


def _tell(request, changed: int, wrong: int) -> None:
    text = ngettext("Saved: %(count)s mark.", "Saved: %(count)s marks.", changed)
    if changed:
        messages.success(request, text % {"count": changed})
    elif not wrong:
        messages.info(request, _("Nothing has changed since the last save."))
    if wrong:
        text = ngettext(
            "%(count)s cell is not saved; it says why.",
            "%(count)s cells are not saved; each says why.",
            wrong,
        )
        messages.error(request, text % {"count": wrong})
