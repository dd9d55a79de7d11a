"""Lists for a committee: who proposes, who votes, what a change undoes."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions.issuing import NotReady, issue
from certificates.actions.issuing_lists import NotApproved, issue_list
from certificates.actions.proposals import (
    AlreadyDecided,
    ListIsOpen,
    MayNotVote,
    NoCommittee,
    NoteMissing,
    NothingProposed,
    change_list,
    propose,
    vote,
)
from certificates.due.readiness import ready_for
from certificates.models import AwardRule, Certificate, Proposal
from certificates.panels import ready, votes
from lms.actions.messages import send_due
from lms.models import Cohort, Message, Person
from tests.cast import choose_language
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_person,
    make_user,
)

from .awards import hold, make_kind, make_rule, make_trainer
from .builders import make_completed

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    """Two people of the coordinator's cohort, and a committee of three."""
    cast.cohort.refresh_from_db()
    members = [make_user() for _number in range(3)]
    make_rule("completion", decided_by="committee", approvals=2, members=members)
    places = [
        make_completed(make_participant(legal_name=name), cast.cohort) for name in "AB"
    ]
    return SimpleNamespace(
        cast=cast, cohort=cast.cohort, members=members, places=places
    )


def ask(scene, *places):
    chosen = [f"e{place.pk}" for place in places or scene.places]
    by = scene.cast.coordinator
    return propose(scene.cohort, kind="completion", chosen=chosen, by=by)


def agree(proposal, *users):
    for user in users:
        proposal = vote(proposal, agrees=True, note="", by=user)
    return proposal


def refusals(scene):
    found = ready_for(scene.cohort)
    names = {place.pk: place.person.legal_name for place in scene.places}
    return {
        names[one.enrolment.pk]: one.refusal
        for one in found
        if one.enrolment.pk in names
    }


def test_nobody_is_issued_one_before_the_committee_has_agreed(scene):
    first, _second = scene.places
    proposal = ask(scene, first)
    waits = "The committee has not agreed to it yet."
    assert refusals(scene) == {"A": waits, "B": waits}

    agree(proposal, scene.members[0])
    with pytest.raises(NotReady):
        issue(first, by=scene.cast.coordinator)
    with pytest.raises(NotApproved):
        issue_list(proposal, by=scene.cast.coordinator)

    agree(proposal, scene.members[1])
    assert refusals(scene) == {"A": None, "B": waits}
    issue(first, by=scene.cast.coordinator)
    proposal.refresh_from_db()
    assert proposal.state == "issued"


def test_who_is_on_an_open_list_is_nobodys_task_until_it_is_decided(scene):
    def waiting():
        return sum(task.count for task in ready(Cohort.objects.all()))

    before = waiting()
    proposal = ask(scene, scene.places[0])
    assert waiting() == before - 1

    agree(proposal, *scene.members[:2])
    assert waiting() == before


def test_as_many_different_people_as_the_rule_said_must_agree(scene):
    proposal = ask(scene)
    one, two = scene.members[:2]

    agree(proposal, one, one)
    assert agree(proposal, one).state == "open"
    assert agree(proposal, two).state == "approved"
    with pytest.raises(AlreadyDecided):
        agree(proposal, scene.members[2])
    assert agree(proposal, one).votes.count() == 2


def test_who_made_the_list_does_not_vote_on_it_nor_do_strangers(scene):
    proposal = ask(scene)
    own = scene.cast.administrator
    theirs = propose(
        scene.cohort,
        kind="completion",
        chosen=[f"e{place.pk}" for place in scene.places],
        by=own,
    )

    assert theirs == proposal
    for user in (scene.cast.coordinator, scene.cast.trainer, make_user()):
        with pytest.raises(MayNotVote):
            agree(proposal, user)
    assert agree(proposal, own).votes.count() == 1


def test_nobody_votes_on_a_list_they_stand_on(scene):
    member, other, _third = scene.members
    Person.objects.filter(pk=scene.places[0].person_id).update(user=member)

    proposal = ask(scene)

    with pytest.raises(MayNotVote):
        agree(proposal, member)
    assert [len(votes(user)) for user in (member, other)] == [0, 1]
    assert not Message.objects.filter(to=member.email).exists()


def test_one_no_with_a_note_refuses_the_list_until_it_is_changed(scene):
    proposal = ask(scene)
    agree(proposal, scene.members[0])

    with pytest.raises(NoteMissing):
        vote(proposal, agrees=False, note="  ", by=scene.members[1])
    refused = vote(proposal, agrees=False, note="B was late", by=scene.members[1])
    assert refused.state == "refused"

    chosen = [f"e{scene.places[0].pk}"]
    again = change_list(refused, chosen=chosen, by=scene.cast.coordinator)
    assert (again.state, again.votes.count(), again.places.count()) == ("open", 0, 1)
    assert agree(again, *scene.members[:2]).state == "approved"
    with pytest.raises(AlreadyDecided):
        change_list(again, chosen=chosen, by=scene.cast.coordinator)


def test_a_changed_list_loses_its_votes_and_the_same_list_keeps_them(scene):
    proposal = ask(scene)
    agree(proposal, scene.members[0])
    both = [f"e{place.pk}" for place in scene.places]

    change_list(proposal, chosen=both, by=scene.cast.coordinator)
    assert proposal.votes.count() == 1
    change_list(proposal, chosen=both[:1], by=scene.cast.administrator)

    proposal.refresh_from_db()
    assert proposal.votes.count() == 0
    with pytest.raises(MayNotVote):
        agree(proposal, scene.cast.administrator)


def test_only_who_has_earned_it_is_proposed_and_one_list_at_a_time(scene):
    unfinished = make_enrolment(cohort=scene.cohort)

    with pytest.raises(NothingProposed):
        ask(scene, scene.places[0], unfinished)
    with pytest.raises(NothingProposed):
        propose(scene.cohort, kind="completion", chosen=[], by=scene.cast.coordinator)
    ask(scene)
    with pytest.raises(ListIsOpen):
        ask(scene, scene.places[0])
    with pytest.raises(NoCommittee):
        propose(make_cohort(), kind="trainer", chosen=["t1"], by=make_user())


def test_trainers_are_voted_on_by_their_accounts(scene):
    make_kind("trainer", decided_by="committee", approvals=1)
    user = make_trainer(scene.cohort)
    hold(scene.cohort)
    scene.cohort.sessions.exclude(status="held").update(status="cancelled")
    by = scene.cast.coordinator
    proposal = propose(scene.cohort, kind="trainer", chosen=[f"t{user.pk}"], by=by)
    AwardRule.objects.get(kind="trainer").members.add(user)
    with pytest.raises(MayNotVote):
        agree(proposal, user)
    agree(proposal, scene.cast.administrator)

    assert issue_list(proposal, by=by) == (None, [])
    assert Certificate.objects.get(kind="trainer").person.user == user
    proposal.refresh_from_db()
    assert proposal.state == "issued"


def test_the_page_offers_to_propose_whom_the_committee_was_not_asked_about(
    client, scene
):
    client.force_login(scene.cast.coordinator)
    page = reverse("certificates:issue_cohort", args=[scene.cohort.pk])

    def offered():
        shown = client.get(page).context
        names = [one.person.legal_name for one in shown["to_propose"]]
        refused = {one.person.legal_name for one in shown["refused"]}
        return names, sorted(refused & {"A", "B"})

    assert offered() == (["A", "B"], [])
    new = reverse("certificates:propose", args=[scene.cohort.pk, "completion"])
    assert new in client.get(page).content.decode()

    proposal = ask(scene, scene.places[0])
    assert offered() == (["B"], ["A"])
    change = reverse("certificates:change_proposal", args=[proposal.pk])
    assert change in client.get(page).content.decode()


def test_each_member_is_asked_in_their_own_language(scene):
    """CE-37: whatever the cohort is taught in."""
    one, two, three = scene.members
    Cohort.objects.filter(pk=scene.cohort.pk).update(locale="tg")
    choose_language(one, "ru")
    make_person(user=two, locale="en")

    proposal = ask(scene)
    send_due()

    asked = {letter.to[0]: letter for letter in mail.outbox}
    assert asked[one.email].subject.endswith("список ждёт вашего голоса")
    assert "/ru/" in asked[one.email].body
    assert asked[two.email].subject.endswith("a list waits for your vote")
    locales = Message.objects.filter(to=three.email).values_list("locale", flat=True)
    assert list(locales) == ["tg"]

    choose_language(scene.cast.coordinator, "ru")
    agree(proposal, one, two)
    assert Message.objects.get(template="certificates/mail/decided").locale == "ru"


def test_as_many_queries_to_ask_a_committee_of_three_as_of_one(scene):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            ask(scene)
        Proposal.objects.all().delete()
        return len(seen)

    rule = AwardRule.objects.get()
    rule.members.set(scene.members[:1])
    queries()
    one = queries()
    rule.members.set(scene.members)

    assert queries() == one


def test_the_committee_is_written_to_and_told_on_the_dashboard(scene):
    proposal = ask(scene)
    one, two, three = scene.members

    def waiting():
        users = (one, two, three, scene.cast.administrator, scene.cast.coordinator)
        return [len(votes(user)) for user in users]

    assert waiting() == [1, 1, 1, 1, 0]
    agree(proposal, one)
    assert waiting() == [0, 1, 1, 1, 0]
    agree(proposal, two)
    assert waiting() == [0, 0, 0, 0, 0]
    letters = Message.objects.filter(template__startswith="certificates/mail/")
    assert sorted(letters.values_list("template", "to")) == sorted(
        [
            ("certificates/mail/decided", scene.cast.coordinator.email),
            *(("certificates/mail/vote", user.email) for user in scene.members),
        ]
    )


def test_a_coordinator_proposes_a_member_votes_the_coordinator_issues(
    scene, client, django_capture_on_commit_callbacks
):
    client.force_login(scene.cast.coordinator)
    url = reverse("certificates:propose", args=[scene.cohort.pk, "completion"])
    keys = [f"e{place.pk}" for place in scene.places]
    listed = client.get(url).content.decode()
    assert keys[0] in listed
    assert "A, Completed on" in listed
    client.post(url, {"places": keys})
    proposal = Proposal.objects.get()
    issuing = client.get(reverse("certificates:issue_cohort", args=[scene.cohort.pk]))
    assert url not in issuing.content.decode()
    page = reverse("certificates:proposal", args=[proposal.pk])

    for user in scene.members[:2]:
        client.force_login(user)
        html = client.get(page).content.decode()
        assert "Your vote" in html
        assert html.count("Completed on") == len(keys)
        client.post(page, {"answer": "yes", "note": ""})
        assert client.get(reverse("certificates:proposals")).status_code == 200
    client.force_login(scene.cast.coordinator)
    assert "Issue to everybody" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("certificates:issue_proposal", args=[proposal.pk]))

    proposal.refresh_from_db()
    assert (proposal.state, Certificate.objects.count()) == ("issued", 2)


def test_a_no_without_a_note_is_said_beside_the_note_and_keeps_the_answer(
    scene, client
):
    proposal = ask(scene)
    client.force_login(scene.members[0])

    page = client.post(
        reverse("certificates:proposal", args=[proposal.pk]), {"answer": "no"}
    )

    form = page.context["form"]
    assert (form.errors, form["answer"].value()) == ({"note": ["Write why."]}, "no")


def test_a_list_is_not_there_for_whom_it_does_not_concern(scene, client):
    proposal = ask(scene)
    names = ["proposal", "change_proposal", "issue_proposal"]
    urls = [reverse(f"certificates:{name}", args=[proposal.pk]) for name in names]

    found = {}
    for who in ("trainer", "participant", "observer", "other_coordinator"):
        client.force_login(getattr(scene.cast, who))
        found[who] = {client.post(url).status_code for url in urls}

    assert set().union(*found.values()) == {404}


def test_members_vote_and_neither_change_nor_issue(scene, client):
    proposal = ask(scene)
    client.force_login(scene.members[0])

    assert [
        client.post(reverse(f"certificates:{name}", args=[proposal.pk])).status_code
        for name in ("proposal", "change_proposal", "issue_proposal")
    ] == [200, 404, 404]
