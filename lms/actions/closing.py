"""Closing a period: its figures stay what they were when they went out (RP-03)."""

from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import ClosedPeriod, Donor, FrozenAnswer, Project
from lms.reports.closing import kept
from lms.reports.dataset import reports
from lms.reports.frozen import scope_of
from lms.reports.period import Period
from lms.reports.question import Question

from .refusal import Refused


class NotOver(Refused):
    """The last day of the period has not passed everywhere."""

    field = "year"


@transaction.atomic
def close_period(period: Period, *, by) -> ClosedPeriod:
    """Freeze every report, for everything and for each donor and project.

    A second call changes nothing: what went out stays.
    """
    if period.last >= timezone.localdate(clock.now()):
        raise NotOver(_("This period is not over yet."))
    closed, is_new = ClosedPeriod.objects.get_or_create(
        first=period.first,
        last=period.last,
        defaults={"closed_at": clock.now(), "by": by},
    )
    if is_new:
        FrozenAnswer.objects.bulk_create(_answers(closed, period), batch_size=100)
        log(closed, "lms.close_period", user=by)
    return closed


def _answers(closed: ClosedPeriod, period: Period) -> Iterator[FrozenAnswer]:
    whole = Question(period)
    scopes = [
        whole,
        *(replace(whole, donor=donor) for donor in Donor.objects.all()),
        *(replace(whole, project=project) for project in Project.objects.all()),
    ]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for report in reports():
                for question in scopes:
                    yield FrozenAnswer(
                        period=closed,
                        report=report.key,
                        scope=scope_of(question),
                        language=language,
                        tables=kept(report.tables(question)),
                    )
