"""CE-07: every number that was counted is used, void with a reason, or taken again."""

import errno
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from certificates.actions import copies, making, numbers
from certificates.actions.issuing import award, issue
from certificates.actions.making import NotStored
from certificates.due.claim import of_place
from certificates.models import Certificate, GivenNumber, Serial
from courses import clock
from tests.factories import make_user

from .builders import make_completed
from .held import make_issued, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(db):
    """Of its own test: others begin with no number given."""
    return make_issued()


FULL = (
    "The file could not be stored: No space left on device. Nothing is lost; tell an "
    "administrator and try again."
)


@pytest.fixture
def full_disk(monkeypatch):
    """The private storage as it behaves from now on, until undone."""

    def refuse(name, content, max_length=None):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storages["private"], "save", refuse)
    return monkeypatch


def test_a_number_is_on_the_certificate_it_was_counted_for(issued):
    given = GivenNumber.objects.get()

    assert (given.text, given.certificate) == (
        issued.certificate.number,
        issued.certificate,
    )
    assert issued.certificate.status_index == given.pk
    assert (given.person, given.cohort) == (issued.person, issued.enrolment.cohort)


def test_a_try_that_failed_leaves_no_paper_and_its_number_to_the_next(full_disk):
    place, by = make_completed(), make_user()

    with pytest.raises(NotStored):
        issue(place, by=by)

    given = GivenNumber.objects.get()
    assert (given.certificate, given.problem) == (None, FULL)
    assert not Certificate.objects.exists()

    full_disk.undo()
    certificate = issue(place, by=by)

    given.refresh_from_db()
    assert (given.certificate, given.problem) == (certificate, "")
    assert Serial.objects.get().last == 1


def test_the_number_of_another_person_is_not_taken(full_disk):
    by = make_user()
    with pytest.raises(NotStored):
        issue(make_completed(), by=by)
    full_disk.undo()

    assert issue(make_completed(), by=by).number.endswith("-000002")


def test_what_nobody_tried_again_is_void_after_a_day_and_says_why(full_disk, at):
    with pytest.raises(NotStored):
        issue(make_completed(), by=make_user())
    numbers.sweep()
    assert GivenNumber.objects.get().voided_at is None

    moment = at(clock.now() + timedelta(days=1, minutes=1))
    numbers.sweep()
    numbers.sweep()

    given = GivenNumber.objects.get()
    assert (given.voided_at, given.void_reason) == (moment, FULL)


def test_of_a_failure_nobody_has_foreseen_only_its_kind_is_kept(monkeypatch):
    """PR-06: its text may quote somebody."""

    def fail(_certificate):
        raise ValueError("Раҳимова Зебунисо")

    monkeypatch.setattr(making, "draw", fail)

    with pytest.raises(ValueError, match="Раҳимова"):
        issue(make_completed(), by=make_user())

    assert GivenNumber.objects.get().problem == "ValueError"


def test_a_number_given_up_meanwhile_is_not_used(monkeypatch):
    """Whoever draws for a day finds the number void, and begins again."""
    place, by = make_completed(), make_user()
    draw = making.draw

    def draw_slowly(certificate):
        GivenNumber.objects.update(voided_at=clock.now(), void_reason="Left for a day")
        return draw(certificate)

    monkeypatch.setattr(making, "draw", draw_slowly)
    with pytest.raises(numbers.NumberVoided):
        issue(place, by=by)
    monkeypatch.undo()

    assert papers() == []
    assert issue(place, by=by).number.endswith("-000002")


def test_what_is_changed_while_the_paper_is_drawn_is_never_issued(monkeypatch):
    place, by = make_completed(), make_user()
    draw = making.draw

    def rename_meanwhile(certificate):
        place.person.legal_name = "Somebody Else"
        place.person.save()
        return draw(certificate)

    monkeypatch.setattr(making, "draw", rename_meanwhile)
    with pytest.raises(making.ChangedMeanwhile):
        issue(place, by=by)
    monkeypatch.undo()

    assert papers() == []
    assert issue(place, by=by).content["holder"] == "Somebody Else"


def test_who_draws_second_gives_back_what_the_first_one_made(monkeypatch):
    """CE-01: the same number for both, one record, one file."""
    place, by = make_completed(), make_user()
    draw, first = making.draw, []

    def overtaken(certificate):
        monkeypatch.setattr(making, "draw", draw)
        first.append(issue(place, by=by))
        return draw(certificate)

    monkeypatch.setattr(making, "draw", overtaken)
    second, is_new = award(of_place(place), by=by)

    assert ([second], is_new) == (first, False)
    assert papers() == [second.pdf.name.rpartition("/")[2]]
    assert Serial.objects.get().last == 1


def test_papers_that_no_record_names_are_deleted_after_a_day(issued, at):
    storages["private"].save("certificates/2026/left.pdf", ContentFile(b"%PDF"))
    numbers.sweep()
    assert len(papers()) == 2

    at(clock.now() + timedelta(days=2))
    numbers.sweep()

    assert papers() == [issued.certificate.pdf.name.rpartition("/")[2]]


def test_copies_that_no_record_names_are_deleted_as_well(issued, at):
    copy = copies.copy_in(issued.certificate, language="ru", by=issued.person.user)
    left = "certificates/copies/2026/left.pdf"
    storages["private"].save(left, ContentFile(b"%PDF"))

    at(clock.now() + timedelta(days=2))
    numbers.sweep()

    assert not storages["private"].exists(left)
    assert storages["private"].exists(copy.pdf.name)


def test_a_counter_that_ran_ahead_shows_what_nobody_can_explain(issued):
    Serial.objects.update(last=3)

    serial = Serial.objects.get()
    assert numbers.unexplained(serial) == [f"{serial}-000002", f"{serial}-000003"]
