"""The cast of the access table: a row of every kind in each of the two cohorts."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from certificates.actions.copies import copy_in
from certificates.actions.issuing import issue
from certificates.actions.runs import start_run
from certificates.actions.sharing import share
from certificates.models import CertificateTemplate, Proposal
from courses import clock
from courses.actions.importing import keep_questions
from courses.actions.questions import freeze_question
from courses.models import Question
from lms.actions import (
    attempts,
    attendance,
    cohort_letters,
    erasure,
    guests,
    overrides,
    papers,
    register_scans,
    rooms,
    scanning,
    sheets,
    tickets,
)
from lms.actions.calendar_addresses import new_calendar_address
from lms.actions.corrections import approve_correction, ask_correction
from lms.actions.data_copies import ask_data
from lms.actions.merging import merge
from lms.actions.regrade_plan import plan
from lms.actions.regrading import regrade
from lms.actions.roster import keep_upload
from lms.actions.status_sets import make_status_set
from lms.models import (
    Enrolment,
    Export,
    LostPass,
    Person,
    RosterUpload,
    Staff,
    SurveyTemplate,
)
from lms.personal_codes import personal_code
from lms.regrading import FULL, Terms

from .cast import make_cast
from .certificates.awards import make_rule
from .certificates.builders import make_signatory
from .factories import (
    make_apology,
    make_cohort,
    make_conference_upload,
    make_consent_text,
    make_course,
    make_donor,
    make_edition,
    make_enrolment,
    make_event,
    make_invitation,
    make_lesson,
    make_locale,
    make_module,
    make_nomination,
    make_nominee,
    make_organisation,
    make_person,
    make_project,
    make_question,
    make_quiz,
)
from .lms.asking import make_survey, token_of
from .lms.sitting import hand_in, make_open_question
from .lms.statuses import FIELD_WORK

# The name of an address, or how names begin, to what fills its parameters; the
# longest match counts.
LIST = Path(__file__).parent / "data" / "roster-khujand-2026-10.csv"


def make_rows():
    """The cast with something of each kind in both cohorts."""
    own, other = _taught("own"), _taught("other")
    cast = make_cast(own["edition"], other["edition"])
    _fill(cast, "", own)
    _fill(cast, "other_", other)
    _share(cast)
    cast.clients = {}
    return cast


def _taught(name: str) -> dict:
    course = make_course(title=f"The {name} course")
    module = make_module(course)
    question = make_question()
    freeze_question(question, by=None)
    image = get_image_model().objects.create(title=name, file=get_test_image_file())
    body = [("picture", {"image": image, "alt": "A plan", "caption": ""})]
    lesson = make_lesson(module, body=body)
    quiz = make_quiz(module, [question])
    open_quiz = make_quiz(module, [make_open_question()])
    return {
        "course": course,
        "lesson": lesson,
        "lesson_path": lesson.url.removeprefix("/en/"),
        "image": image,
        "quiz": quiz,
        "open_quiz": open_quiz,
        "edition": make_edition(course, lesson, quiz, open_quiz),
        "open_cohort": make_cohort(admission="open"),
    }


def _fill(cast, prefix: str, rows: dict) -> None:
    """Rows of one cohort, under their names with the prefix."""
    cohort = getattr(cast, f"{prefix}cohort")
    person = getattr(cast, f"{prefix}person")
    enrolment = getattr(cast, f"{prefix}enrolment")
    person.legal_name = f"Саидова {prefix or 'own_'}"
    rows["cohort_letter"] = cohort_letters.write(
        cohort,
        texts={"en": ("About a day", f"For {person.legal_name}")},
        audience="everybody",
        by=None,
    )
    rows["message"] = cohort_letters.messages_of(rows["cohort_letter"]).first()
    person.save()
    rows |= {
        "attempt": attempts.start(enrolment, quiz=rows["quiz"], language="en"),
        "handed_in": hand_in(enrolment, rows["open_quiz"]),
        "staff": Staff.objects.get(cohort=cohort, role="observer"),
        "upload": keep_upload(cohort, data=LIST.read_bytes(), name="a.csv", by=None),
        "applied": _applied(cohort),
        "invitation": make_invitation(cohort),
        "nomination": make_nomination(cohort),
        "guest": _guest(cast, prefix),
        "match": _matched_guest(cast, prefix),
        "certificate": _certificate(enrolment, cast.administrator),
        "proposal": _proposal(cohort, cast.administrator),
        "issue_run": start_run([enrolment], cohort=cohort, by=cast.administrator),
        "named": _approved(person),
        "data_copy": ask_data(person, by=person.user),
        "correction": ask_correction(person, field="region", new="gbao", by=None),
        "twin": _in_cohort(cohort),
        "merge": merge(make_person(email=""), into=_in_cohort(cohort), by=None),
        "wish": erasure.ask(person, by=None, certificates="register"),
        "event": _event(getattr(cast, f"{prefix}trainer")),
        "survey": make_survey(cohort),
    }
    rows |= _of_a_certificate(rows["certificate"], cast.administrator)
    rows |= _of_quizzes(cast, cohort, enrolment, rows)
    rows |= _of_a_session(cast, cohort, enrolment, getattr(cast, f"{prefix}session"))
    rows["mark_event"] = _marked(cast, prefix, enrolment)
    rows["came_in"] = _scanned(cast, prefix, enrolment)
    rows["nominee"] = make_nominee(rows["nomination"])
    owner = getattr(cast, f"{prefix}participant")
    rows["calendar_address"] = new_calendar_address(owner, by=owner)
    rows["survey_token"] = token_of(enrolment)
    for name, row in rows.items():
        setattr(cast, prefix + name, row)


def _approved(person):
    asked = ask_correction(person, field="latin_name", new="Saidova", by=None)
    return approve_correction(asked, by=None)


def _of_a_certificate(certificate, by) -> dict:
    """What its holder may have made of it: a link, and a copy in another language."""
    return {
        "share": share(certificate, by=by),
        "copy": copy_in(certificate, language="ru", by=by),
    }


def _of_a_session(cast, cohort, enrolment, session) -> dict:
    """What somebody sends in about a session: an apology, a report, a signed sheet."""
    return {
        "apology": make_apology(session, enrolment, paper=b"%PDF-1.4"),
        "conference_upload": make_conference_upload(session),
        "signed_sheet": register_scans.keep_scan(
            cohort, sessions=[session], data=b"%PDF-1.7", by=cast.administrator
        ),
    }


def _of_quizzes(cast, cohort, enrolment, rows: dict) -> dict:
    """What hangs on a quiz: other rules, marking again, rooms, tickets and paper."""
    quiz, by = rows["quiz"], cast.administrator
    open_answer = rows["handed_in"].responses.get()
    regrade_run = _regraded(open_answer, by)
    sitting = rooms.open_sitting(
        cohort,
        quiz=quiz,
        opens_at=clock.now(),
        minutes=30,
        place="",
        is_locked=False,
        by=None,
    )
    ((ticket, _code),) = tickets.print_tickets(
        sitting, places=[rows["twin"].enrolments.get()], minutes=30, by=None
    )
    (variant,) = papers.print_variants(cohort, quiz=quiz, count=1, by=None)
    return {
        "override": overrides.give(
            cohort,
            quiz_key=quiz.translation_key,
            place=enrolment,
            by=by,
            reason="Reads with a magnifier.",
            extra_time_percent=25,
        ),
        "open_answer": open_answer,
        "regrade_run": regrade_run,
        "lost_pass": LostPass.objects.create(
            run=regrade_run,
            enrolment=enrolment,
            quiz_key=rows["handed_in"].quiz_key,
            created_at=clock.now(),
        ),
        "sitting": sitting,
        "ticket": ticket,
        "variant": variant,
        "sheet": sheets.enter_sheet(
            make_enrolment(make_person(email=""), cohort),
            quiz=quiz,
            variant=variant,
            answers={},
            language="en",
            by=by,
        ),
    }


def _guest(cast, prefix: str, name: str = "Гулов Карим"):
    session = getattr(cast, f"{prefix}session")
    return guests.add_walk_in(session, name=name, by=cast.administrator)


def _matched_guest(cast, prefix: str):
    guest = _guest(cast, prefix, "Гулова Карима")
    person = getattr(cast, f"{prefix}person")
    return guests.match_guest(guest, person=person, by=cast.administrator)


def _in_cohort(cohort) -> Person:
    """Somebody else of the cohort, without an address."""
    person = make_person(email="")
    make_enrolment(person, cohort)
    return person


def _applied(cohort) -> RosterUpload:
    """A list already imported: its file is gone."""
    result = {"new_places": 1, "new_people": 1, "before": 0, "repeated": []}
    result |= {"refused": [], "ended": [], "suggested": []}
    now = clock.now()
    return RosterUpload.objects.create(
        cohort=cohort, name="b.csv", created_at=now, applied_at=now, result=result
    )


def _regraded(response, by):
    """Everybody was given full marks for this question."""
    terms = Terms(FULL)
    seen = plan(response.question_key, terms, by=by).fingerprint
    return regrade(response.question_key, terms=terms, reason="x", seen=seen, by=by)


def _scanned(cast, prefix: str, enrolment):
    session = getattr(cast, f"{prefix}session")
    by = getattr(cast, f"{prefix}trainer")
    code = personal_code(enrolment)
    return scanning.scan(session, value=code, kind="entry", by=by).event


def _marked(cast, prefix: str, enrolment):
    session = getattr(cast, f"{prefix}session")
    by = getattr(cast, f"{prefix}trainer")
    attendance.mark(session, enrolment=enrolment, status_code="late", by=by)
    return session.mark_events.filter(enrolment=enrolment).latest("pk")


def _event(trainer):
    """Of no cohort: its own trainer is who wrote it down."""
    event = make_event(recorded_by=trainer)
    event.sheet.save("sheet.pdf", ContentFile(b"%PDF-1.7"))
    return event


def _certificate(enrolment, by):
    Enrolment.objects.filter(pk=enrolment.pk).update(
        status="completed",
        completed_at=clock.now(),
        completed_on=timezone.localdate(clock.now()),
    )
    enrolment.refresh_from_db()
    return issue(enrolment, by=by)


def _proposal(cohort, by) -> Proposal:
    return Proposal.objects.create(
        cohort=cohort, kind="trainer", made_by=by, made_at=clock.now(), approvals=1
    )


def _share(cast) -> None:
    """Rows that belong to no cohort stand on both sides."""
    shared = {
        "consent_draft": make_consent_text(2, published_at=None),
        "consent_text": make_consent_text(),
        "donor": make_donor(),
        "export": _export(cast.administrator),
        "language": "en",
        "letter_kind": "lms/mail/invited",
        "status_list": 1,
        "organisation": make_organisation(),
        "project": make_project(),
        "question": Question.objects.first(),
        "question_upload": keep_questions(
            b"It is so. {T}", name="", locale=make_locale(), by=None
        ),
        "report_key": "people-trained",
        "signatory": make_signatory(),
        "status_set": make_status_set(title="Field work", rows=FIELD_WORK, by=None),
        "survey_questions": SurveyTemplate.objects.create(
            kind="end", questions=SurveyTemplate.objects.questions("end")
        ),
        "template": CertificateTemplate.objects.first(),
        "rule": make_rule("trainer", decided_by="committee"),
        "voted_kind": "trainer",
    }
    for name, row in shared.items():
        setattr(cast, name, row)
        setattr(cast, f"other_{name}", row)


def _export(by) -> Export:
    """A file of people is for who asked for it."""
    now = clock.now()
    return Export.objects.create(
        kind="people", name="a.csv", purpose="x", by=by, created_at=now, expires_at=now
    )


def empty_storage() -> None:
    """Files in memory outlive a test's transaction."""
    storage = storages["private"]
    for name in [name for names in storage.listdir("") for name in names]:
        storage.delete(name)
