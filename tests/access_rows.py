"""What stands at each address when the table of docs/access.md is put to the test.

An address with parameters is asked twice: about a row of the asker's own cohort and
about the same kind of row in the other cohort. To add an address of yours:

1. If it has parameters, say in `PARAMETERS` which attributes of the cast fill them, in
   their order. The other cohort's row is the attribute with `other_` before its name.
2. If the cast has no such row yet, make one for each cohort in `_fill`.
3. Run `pytest tests/test_access_table.py`: it prints the line for docs/access.md as
   the site answers today. Add it if that is what you mean.
"""

from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from certificates.actions.issuing import issue
from certificates.models import CertificateTemplate
from courses import clock
from courses.actions.importing import keep_questions
from courses.actions.questions import freeze_question
from courses.models import Question
from lms.actions import (
    attempts,
    cohort_letters,
    erasure,
    overrides,
    papers,
    rooms,
    sheets,
    tickets,
)
from lms.actions.corrections import ask_correction
from lms.actions.data_copies import ask_data
from lms.actions.merging import merge
from lms.actions.regrade_plan import plan
from lms.actions.regrading import regrade
from lms.actions.roster import keep_upload
from lms.models import (
    Enrolment,
    Export,
    LostPass,
    Person,
    RosterUpload,
    Staff,
    SurveyTemplate,
)
from lms.regrading import FULL, Terms

from .cast import make_cast
from .certificates.builders import make_signatory
from .factories import (
    make_cohort,
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

# The name of an address, or how names begin, to what fills its parameters; the
# longest match counts.
PARAMETERS = {
    "account_pages:correct": "correction.field",
    "certificate_by_code": "certificate.code",
    "certificate_signatories": "signatory.pk",
    "certificate_templates": "template.pk",
    "certificate_templates:preview": "template.pk language",
    "certificates:download": "certificate.code",
    "certificates:issue_cohort": "cohort.pk",
    "certificates:verify_code": "certificate.code",
    "certificates_list": "certificate.pk",
    "courses_bank": "question.pk",
    "courses_bank:renew_quiz": "quiz.pk",
    "courses_exchange:check": "question_upload.pk",
    "courses:cover": "course.translation_key",
    "courses:facilitator_notes": "lesson.pk",
    "courses:picture": "image.file.name",
    "home:cover": "course.translation_key",
    "lms:accept_offer": "enrolment.pk",
    "lms:attempt": "attempt.pk",
    "lms:attempt_reopen": "cohort.code quiz.translation_key attempt.pk",
    "lms:check": "attempt.pk",
    "lms:cohort": "cohort.code",
    "lms:cohort_quiz": "cohort.code quiz.translation_key",
    "lms:cohort_person": "cohort.code enrolment.pk",
    "lms:take_back_waiver": "cohort.code enrolment.pk",
    "lms:waive": "cohort.code enrolment.pk",
    "lms:complete": "lesson.translation_key",
    "lms:correct_sheet": "cohort.code quiz.translation_key sheet.pk",
    "lms:decline_offer": "enrolment.pk",
    "lms:event_": "event.pk",
    "lms:give_consent": "consent_text.pk",
    "lms:history": "cohort.code",
    "lms:item_analysis": "quiz.translation_key",
    "lms:join": "open_cohort.code",
    "lms:leave_queue": "enrolment.pk",
    "lms:lost_passes": "cohort.code",
    "lms:settle_lost_pass": "cohort.code lost_pass.pk",
    "lms:mark_answer": "cohort.code open_answer.pk",
    "lms:marking": "cohort.code",
    "lms:claim_answer": "cohort.code open_answer.pk",
    "lms:give_back_answer": "cohort.code open_answer.pk",
    "lms:mark_next": "cohort.code open_answer.pk",
    "lms:second_mark": "cohort.code open_answer.pk",
    "lms:second_mark_next": "cohort.code",
    "lms:settle_marks": "cohort.code open_answer.pk",
    "lms:mark_history": "session.pk enrolment.pk",
    "lms:matrix": "cohort.code",
    "lms:my_attendance": "enrolment.pk",
    "lms:my_survey": "survey.pk",
    "lms:nomination": "nomination.key",
    "lms:nominee_replace": "nomination.key nominee.pk",
    "lms:opened": "lesson.translation_key",
    "lms:override_": "cohort.code quiz.translation_key override.pk",
    "lms:override_add": "cohort.code quiz.translation_key",
    "lms:paper": "cohort.code quiz.translation_key",
    "lms:paper_": "cohort.code quiz.translation_key variant.letter",
    "lms:place": "enrolment.pk",
    "lms:open_slip": "cohort.code",
    "lms:open_ticket": "cohort.code",
    "lms:preview": "quiz.pk",
    "lms:begin_preview": "quiz.pk",
    "lms:hand_in_preview": "quiz.pk",
    "lms:print_slips": "cohort.code",
    "lms:put_off": "consent_text.pk",
    "lms:quizzes": "cohort.code",
    "lms:register": "session.pk",
    "lms:regrade": "open_answer.question_key",
    "lms:regrade_run": "regrade_run.pk",
    "lms:result": "attempt.pk",
    "lms:room": "cohort.code quiz.translation_key sitting.pk",
    "lms:room_code": "quiz.translation_key",
    "lms:rooms": "cohort.code quiz.translation_key",
    "lms:save": "attempt.pk",
    "lms:self_check": "lesson.translation_key",
    "lms:session_": "session.pk",
    "lms:session_add": "cohort.code",
    "lms:sessions": "cohort.code",
    "lms:sign_off": "cohort.pk",
    "lms:start_attempt": "quiz.translation_key",
    "lms:submit": "attempt.pk",
    "lms:survey": "survey_token",
    "lms:survey_": "survey.pk",
    "lms:surveys": "cohort.code",
    "lms:unanswered": "attempt.pk",
    "lms:take_data": "data_copy.pk",
    "lms:take_back_sheet": "cohort.code quiz.translation_key sheet.pk",
    "lms:ticket_back": "cohort.code quiz.translation_key sitting.pk ticket.pk",
    "lms:type_in": "cohort.code quiz.translation_key",
    "lms:undo": "lesson.translation_key",
    "lms_cohort_letters": "cohort_letter.pk",
    "lms_cohorts": "cohort.pk",
    "lms_consents": "consent_draft.pk",
    "lms_corrections": "correction.pk",
    "lms_donors": "donor.pk",
    "lms_enrolments": "enrolment.pk",
    "lms_erasures": "wish.pk",
    "lms_invitations": "invitation.pk",
    "lms_letter_texts": "language letter_kind",
    "lms_messages": "message.pk",
    "lms_nominations": "nomination.pk",
    "lms_organisations": "organisation.pk",
    "lms_people": "person.pk",
    "lms_projects": "project.pk",
    "lms_people:merge": "person.pk twin.pk",
    "lms_people:undo_merge": "merge.pk",
    "lms_reports:export": "export.pk",
    "lms_reports:people_file": "report_key",
    "lms_reports:report": "report_key",
    "lms_roster": "upload.pk",
    "lms_roster:example": "language",
    "lms_roster:result": "applied.pk",
    "lms_roster:upload": "cohort.pk",
    "lms_sessions": "session.pk",
    "lms_staff": "staff.pk",
    "lms_survey_questions": "survey_questions.pk",
    "wagtailsnippets_courses_question": "question.pk",
    "wagtail_serve": "lesson_path",
}

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
        "override": overrides.give(
            cohort,
            quiz_key=rows["quiz"].translation_key,
            place=enrolment,
            by=cast.administrator,
            reason="Reads with a magnifier.",
            extra_time_percent=25,
        ),
        "upload": keep_upload(cohort, data=LIST.read_bytes(), name="a.csv", by=None),
        "applied": _applied(cohort),
        "invitation": make_invitation(cohort),
        "nomination": make_nomination(cohort),
        "certificate": _certificate(enrolment, cast.administrator),
        "data_copy": ask_data(person, by=person.user),
        "correction": ask_correction(person, field="region", new="gbao", by=None),
        "twin": _in_cohort(cohort),
        "merge": merge(make_person(email=""), into=_in_cohort(cohort), by=None),
        "wish": erasure.ask(person, by=None, certificates="register"),
        "event": _event(getattr(cast, f"{prefix}trainer")),
        "survey": make_survey(cohort),
    }
    rows["open_answer"] = rows["handed_in"].responses.get()
    rows["regrade_run"] = _regraded(rows["open_answer"], cast.administrator)
    rows["lost_pass"] = LostPass.objects.create(
        run=rows["regrade_run"],
        enrolment=enrolment,
        quiz_key=rows["handed_in"].quiz_key,
        created_at=clock.now(),
    )
    rows["sitting"] = rooms.open_sitting(
        cohort,
        quiz=rows["quiz"],
        opens_at=clock.now(),
        minutes=30,
        place="",
        is_locked=False,
        by=None,
    )
    ((rows["ticket"], _code),) = tickets.print_tickets(
        rows["sitting"], places=[rows["twin"].enrolments.get()], minutes=30, by=None
    )
    (rows["variant"],) = papers.print_variants(
        cohort, quiz=rows["quiz"], count=1, by=None
    )
    rows["sheet"] = sheets.enter_sheet(
        make_enrolment(make_person(email=""), cohort),
        quiz=rows["quiz"],
        variant=rows["variant"],
        answers={},
        language="en",
        by=cast.administrator,
    )
    rows["nominee"] = make_nominee(rows["nomination"])
    rows["survey_token"] = token_of(enrolment)
    for name, row in rows.items():
        setattr(cast, prefix + name, row)


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


def _event(trainer):
    """Of no cohort: its own trainer is who wrote it down."""
    event = make_event(recorded_by=trainer)
    event.sheet.save("sheet.pdf", ContentFile(b"%PDF-1.7"))
    return event


def _certificate(enrolment, by):
    Enrolment.objects.filter(pk=enrolment.pk).update(
        status="completed", completed_at=clock.now(), completed_on=date.today()
    )
    enrolment.refresh_from_db()
    return issue(enrolment, by=by)


def _share(cast) -> None:
    """Rows that belong to no cohort stand on both sides."""
    shared = {
        "consent_draft": make_consent_text(2, published_at=None),
        "consent_text": make_consent_text(),
        "donor": make_donor(),
        "export": _export(cast.administrator),
        "language": "en",
        "letter_kind": "lms/mail/invited",
        "organisation": make_organisation(),
        "project": make_project(),
        "question": Question.objects.first(),
        "question_upload": keep_questions(
            b"It is so. {T}", name="", locale=make_locale(), by=None
        ),
        "report_key": "people-trained",
        "signatory": make_signatory(),
        "survey_questions": SurveyTemplate.objects.create(
            kind="end", questions=SurveyTemplate.objects.questions("end")
        ),
        "template": CertificateTemplate.objects.first(),
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


def arguments(cast, name: str, *, prefix: str = "") -> list:
    """What fills the parameters of this address; KeyError for an unknown address."""
    known = [key for key in PARAMETERS if name.startswith(key)]
    if not known:
        raise KeyError(name)
    return [
        _value(cast, prefix + path) for path in PARAMETERS[max(known, key=len)].split()
    ]


def _value(cast, path: str):
    value = cast
    for attribute in path.split("."):
        value = getattr(value, attribute)
    return value


def empty_storage() -> None:
    """Files in memory outlive a test's transaction."""
    storage = storages["private"]
    for name in [name for names in storage.listdir("") for name in names]:
        storage.delete(name)
