"""What stands at each address when the table of docs/access.md is put to the test.

An address with parameters is asked twice: about a row of the asker's own cohort and
about the same kind of row in the other cohort. To add an address of yours:

1. If it has parameters, say in `PARAMETERS` which attributes of the cast fill them, in
   their order. The other cohort's row is the attribute with `other_` before its name.
2. If the cast has no such row yet, make one for each cohort in
   tests/access_cast.py.
3. Run `pytest tests/test_access_table.py`: it prints the line for docs/access.md as
   the site answers today. Add it if that is what you mean.
"""

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
