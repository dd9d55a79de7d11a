"""The same certificate in another language."""

import errno

import pytest
from django.core.files.storage import storages

from certificates.actions import copies, ending
from certificates.actions import keys as verbs
from certificates.actions.making import NotStored
from certificates.models import Certificate, CertificateCopy, SigningKey
from certificates.seal import key_files, seal_check
from courses import clock
from courses.models import CoursePage

from .held import make_holders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    cast = make_holders()
    cast.copy = copies.copy_in(cast.certificate, language="ru", by=cast.participant)
    return cast


def test_a_copy_is_drawn_once_from_what_was_frozen(cast):
    """CE-02, CE-03, CE-04"""
    first = cast.copy.pdf.open("rb").read()
    cast.person.legal_name = "Другое Имя"
    cast.person.save()
    CoursePage.objects.update(title="Another title")

    again = copies.copy_in(cast.certificate, language="ru", by=cast.participant)

    assert again == cast.copy
    assert again.pdf.open("rb").read() == first
    assert first != cast.certificate.pdf.open("rb").read()


@pytest.mark.parametrize("language", ["tg", "xx", "", "../../etc", "я" * 90])
def test_a_language_it_has_not_or_is_in_already_is_refused(cast, language):
    with pytest.raises(copies.NoCopy):
        copies.copy_in(cast.certificate, language=language, by=cast.participant)

    assert CertificateCopy.objects.count() == 1


def test_what_has_ended_is_not_copied(cast):
    Certificate.objects.update(status="revoked", ended_at=clock.now(), ended_reason="x")
    row = Certificate.objects.get(pk=cast.certificate.pk)

    with pytest.raises(copies.NoCopy):
        copies.copy_in(row, language="en", by=cast.participant)


@pytest.fixture
def without_copy(cast):
    """As before its holder asked."""
    CertificateCopy.objects.all().delete()
    return cast


def test_a_copy_made_after_a_change_of_key_is_known_by_the_new_one(
    without_copy, settings
):
    cast = without_copy
    settings.USTOD_SEAL_KEY = key_files.make_seal("Academy", now=clock.now())

    copy = copies.copy_in(cast.certificate, language="ru", by=cast.participant)

    with copy.pdf.open("rb") as file:
        report = seal_check.check(file.read(), SigningKey.objects.all())
    assert (report.is_intact, report.key != cast.certificate.seal_key) == (True, True)


def test_no_copy_is_sealed_with_a_key_that_was_taken_out_of_use(without_copy):
    cast = without_copy
    verbs.retire(cast.certificate.seal_key, by=cast.participant)

    with pytest.raises(verbs.KeyRetired):
        copies.copy_in(cast.certificate, language="ru", by=cast.participant)

    assert not CertificateCopy.objects.exists()


def kept_copies() -> list[str]:
    folder, shelf = f"certificates/copies/{clock.now().year}", storages["private"]
    return shelf.listdir(folder)[1] if shelf.exists(folder) else []


def test_what_ends_while_its_copy_is_drawn_leaves_none(without_copy, monkeypatch):
    cast, draw = without_copy, copies.draw

    def ended_meanwhile(*args):
        pdf = draw(*args)
        ending.withdraw(cast.certificate, by=cast.participant)
        return pdf

    monkeypatch.setattr(copies, "draw", ended_meanwhile)
    before = kept_copies()

    with pytest.raises(copies.NoCopy):
        copies.copy_in(cast.certificate, language="ru", by=cast.participant)

    assert not CertificateCopy.objects.exists()
    assert kept_copies() == before


def test_on_a_full_disk_a_copy_is_refused_in_words(without_copy, monkeypatch):
    cast = without_copy

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf = CertificateCopy._meta.get_field("pdf").storage
    monkeypatch.setattr(shelf, "_save", refuse)

    with pytest.raises(NotStored, match="No space left"):
        copies.copy_in(cast.certificate, language="ru", by=cast.participant)

    assert not CertificateCopy.objects.exists()
