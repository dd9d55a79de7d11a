"""From a list of people to a certificate that anybody can verify.

Wagtail's admin needs JavaScript, so whoever sits there has it in both walks. The
participant, the trainer in the room and whoever verifies do without it in the second.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from courses import clock
from lms.models import Enrolment

from . import job, sample
from .visiting import DESK

NAME, EMAIL = "Раҳимова Гулнора Ҷамшедовна", "g.rahimova@example.tj"


@pytest.fixture
def pass_time(monkeypatch):
    """`pass_time(minutes=2)`: from then on it is so much later, in every thread."""
    real, gone = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: real() + sum(gone, timedelta()))
    return lambda **parts: gone.append(timedelta(**parts))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request, site) -> bool:
    sample.open_sample()
    return request.param


def test_the_whole_job(visit, scripts, pass_time):
    administrator = visit("administrator", on=DESK)
    trainer = visit("trainer", scripts=scripts)
    participant, stranger = visit(scripts=scripts), visit(scripts=scripts)

    cohort = job.plan_cohort("foundations")
    job.import_roster(administrator, cohort)
    job.make_account(participant, EMAIL)
    lessons = job.study(participant, pass_time)
    job.pass_quiz(participant)
    pass_time(hours=3)
    job.sign_off_lessons(trainer, cohort, NAME)
    job.take_register(trainer, cohort.sessions.get())
    enrolment = Enrolment.objects.get(cohort=cohort, person__email=EMAIL)
    assert lessons == 9
    assert enrolment.status == Enrolment.Status.COMPLETED

    job.issue(visit("administrator", scripts=scripts), cohort, NAME)
    code = job.code_of(participant)
    expect(job.verify(stranger, code)).to_have_class("verdict is-done")
    job.revoke(administrator, code)
    expect(job.verify(stranger, code)).to_have_class("verdict is-decide")
