"""The sample shows the other kinds of certificates in one cohort."""

from datetime import timedelta

import pytest

from certificates.models import AwardRule, Certificate, Proposal
from courses import clock
from home.sample.awards import award_more
from tests.certificates.awards import hold, make_quiz_cohort, make_trainer, score
from tests.certificates.builders import make_completed
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db


def test_statements_a_trainer_and_a_list_that_waits_for_one_more_vote():
    cohort, (quiz,) = make_quiz_cohort()
    make_trainer(cohort)
    make_staff(cohort, "coordinator")
    long_ago = clock.now() - timedelta(days=30)
    place = make_completed(cohort=cohort, active_from=long_ago)
    score(place, quiz, 95)
    hold(cohort, (place, "present"))

    award_more(cohort, by=make_user())

    kinds = Certificate.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["attendance", "trainer"]
    assert AwardRule.objects.count() == 3
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.votes.count()) == ("open", 1)
