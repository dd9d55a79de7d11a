"""The smallest valid object of each kind; every argument has a default.

Names that must differ are numbered. Builders write rows directly: a test of a verb
calls the verb itself.
"""

import itertools
import uuid
from datetime import time, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page

from courses import clock
from courses.models import (
    CourseIndexPage,
    CoursePage,
    Edition,
    LessonPage,
    ModulePage,
    Question,
    QuestionCategory,
    QuizPage,
    Slot,
)
from home.models import HomePage, User
from lms.codes import random_code
from lms.models import (
    CODE_LENGTH,
    Apology,
    Cohort,
    ConferenceUpload,
    ConsentText,
    Donor,
    Enrolment,
    Event,
    HeadCount,
    Invitation,
    Nomination,
    Nominee,
    Organisation,
    Person,
    Project,
    Session,
    Staff,
)

_numbers = itertools.count(1)


def number() -> int:
    return next(_numbers)


def make_locale(code="en") -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def make_home(language="en") -> HomePage:
    """The front page of a language, at the root of the default site for English."""
    locale = make_locale(language)
    page = HomePage.objects.filter(locale=locale).first()
    if page:
        return page
    root = Page.get_first_root_node()
    page = HomePage(title="Ustod", slug=f"home-{language}", locale=locale)
    english = HomePage.objects.filter(locale__language_code="en").first()
    if language != "en":
        page.translation_key = (english or make_home()).translation_key
        root.refresh_from_db()
    root.add_child(instance=page)
    if language == "en":
        site = root.get_children().first().sites_rooted_here.first()
        if site:
            site.root_page = page
            site.save()
    return page


def make_index(language="en") -> CourseIndexPage:
    home = make_home(language)
    page = CourseIndexPage.objects.child_of(home).first()
    if page:
        return page
    page = CourseIndexPage(title="Courses", slug="courses", locale=home.locale)
    if language != "en":
        page.translation_key = make_index().translation_key
    return home.add_child(instance=page)


def make_course(language="en", **fields) -> CoursePage:
    n = number()
    index = make_index(language)
    defaults = {
        "title": f"Course {n}",
        "slug": f"course-{n}",
        "summary": "What it is about.",
        "audiences": ["police"],
        "attendance_percent": 0,
        "locale": index.locale,
    }
    return index.add_child(instance=CoursePage(**defaults | fields))


def make_module(course=None, **fields) -> ModulePage:
    n = number()
    course = course or make_course()
    defaults = {"title": f"Module {n}", "slug": f"module-{n}", "locale": course.locale}
    return course.add_child(instance=ModulePage(**defaults | fields))


def make_lesson(module=None, **fields) -> LessonPage:
    n = number()
    module = module or make_module()
    defaults = {
        "title": f"Lesson {n}",
        "slug": f"lesson-{n}",
        "locale": module.locale,
        "body": [("heading", "Where to talk"), ("text", "<p>In a safe place.</p>")],
        "completes": LessonPage.Completes.OPENED,
    }
    return module.add_child(instance=LessonPage(**defaults | fields))


def make_question(language="en", **fields) -> Question:
    """A published question with choices "Right" and "Wrong", the first being right."""
    defaults = {
        "stem": f"<p>Question {number()}?</p>",
        "locale": make_locale(language),
    }
    if fields.get("kind", "single") in ("single", "multiple"):
        defaults["choices"] = [
            ("choice", {"text": "Right", "is_correct": True, "feedback": "Yes."}),
            ("choice", {"text": "Wrong", "is_correct": False, "feedback": "No."}),
        ]
    question = Question(**defaults | fields)
    question.save()
    question.save_revision().publish()
    question.refresh_from_db()
    return question


def make_category(path=None) -> QuestionCategory:
    path = path or f"shelf-{number()}"
    return QuestionCategory.objects.get_or_create(path=path)[0]


def make_quiz(module=None, questions=None, **fields) -> QuizPage:
    """A published quiz of these questions, or of one."""
    n = number()
    module = module or make_module()
    defaults = {"title": f"Quiz {n}", "slug": f"quiz-{n}", "locale": module.locale}
    quiz = QuizPage(**defaults | fields)
    if questions is None:
        questions = [make_question(module.locale.language_code)]
    quiz.slots = [
        Slot(question=question, sort_order=place, marks=Decimal(1))
        for place, question in enumerate(questions)
    ]
    return module.add_child(instance=quiz)


def make_edition(course=None, *activities, policy=None) -> Edition:
    """An edition of the course that requires these pages, in one module."""
    course = course or make_course()
    newest = Edition.objects.newest(course.translation_key)
    rows = [
        {
            "key": str(page.translation_key),
            "kind": "quiz" if isinstance(page, QuizPage) else "lesson",
            "is_required": page.is_required,
            "completes": getattr(page, "completes", ""),
            "least_seconds": getattr(page, "least_seconds", 0),
            "minutes": page.minutes or 0,
        }
        for page in activities
    ]
    module = str(activities[0].get_parent().translation_key) if activities else ""
    return Edition.objects.create(
        course_key=course.translation_key,
        number=newest.number + 1 if newest else 1,
        outline={"modules": [{"key": module, "activities": rows}] if rows else []},
        policy=policy or {"attendance_percent": 0},
        created_at=clock.now(),
    )


def make_cohort(edition=None, **fields) -> Cohort:
    n = number()
    today = timezone.localdate(clock.now())
    defaults = {
        "edition": edition or make_edition(),
        "code": f"cohort-{n}",
        "title": f"Cohort {n}",
        "status": Cohort.Status.RUNNING,
        "starts_on": today - timedelta(days=1),
        "ends_on": today + timedelta(days=30),
        "place": "Khujand",
        "region": "sughd",
    }
    donors = fields.pop("donors", [])
    cohort = Cohort.objects.create(**defaults | fields)
    cohort.donors.set(donors)
    return cohort


def make_donor(**fields) -> Donor:
    return Donor.objects.create(**{"name": f"Donor {number()}"} | fields)


def make_project(**fields) -> Project:
    return Project.objects.create(**{"name": f"Project {number()}"} | fields)


def make_invitation(cohort=None, **fields) -> Invitation:
    """An invitation of two weeks to an address nobody is known by."""
    n = number()
    defaults = {
        "email": f"invited-{n}@example.org",
        "code": random_code(CODE_LENGTH),
        "created_at": clock.now(),
        "expires_at": clock.now() + timedelta(days=14),
    }
    return Invitation.objects.create(
        cohort=cohort or make_cohort(), **defaults | fields
    )


def make_consent_text(version=1, **more) -> ConsentText:
    """Published in every language, so that people are asked about it."""
    texts = {code: f"We keep what you learn ({code})." for code in ("en", "ru", "tg")}
    fields = {"texts": texts, "published_at": clock.now()} | more
    return ConsentText.objects.create(version=version, **fields)


def make_nomination(cohort=None, **fields) -> Nomination:
    """Two seats for an organisation, for two weeks."""
    defaults = {
        "organisation": fields.pop("organisation", None) or make_organisation(),
        "seats": 2,
        "code": random_code(CODE_LENGTH),
        "key": f"key-{number()}",
        "created_at": clock.now(),
        "expires_at": clock.now() + timedelta(days=14),
    }
    return Nomination.objects.create(
        cohort=cohort or make_cohort(), **defaults | fields
    )


def make_nominee(nomination=None, **fields) -> Nominee:
    """Somebody named who has not used the code."""
    n = number()
    defaults = {"name": f"Номзад {n}", "created_at": clock.now()}
    return Nominee.objects.create(
        nomination=nomination or make_nomination(), **defaults | fields
    )


def make_organisation(**fields) -> Organisation:
    return Organisation.objects.create(
        **{"name": f"Organisation {number()}", "sector": "police"} | fields
    )


def make_user(**fields) -> User:
    """An account with the password "secret"."""
    n = number()
    groups = fields.pop("groups", [])
    defaults = {"username": f"user-{n}", "email": f"user-{n}@example.org"}
    user = User.objects.create_user(password="secret", **defaults | fields)
    user.groups.set(groups)
    return user


def make_person(**fields) -> Person:
    n = number()
    defaults = {
        "legal_name": f"Участник {n}",
        "email": f"person-{n}@example.org",
        "sex": "f",
        "audience": "police",
        "region": "sughd",
        "locale": "en",
    }
    return Person.objects.create(**defaults | fields)


def make_participant(**fields) -> Person:
    """A person with an account of their own."""
    user = make_user()
    return make_person(**{"user": user, "email": user.email} | fields)


def confirm_email(person, email=None) -> Person:
    """The account of this person has shown that the e-mail is its own."""
    email = email or person.user.email
    EmailAddress.objects.update_or_create(
        user=person.user, email=email, defaults={"verified": True, "primary": True}
    )
    return person


def make_member(**fields) -> Person:
    """A participant with a confirmed e-mail: may come in by themselves."""
    return confirm_email(make_participant(**fields))


def make_enrolment(person=None, cohort=None, **fields) -> Enrolment:
    person = person or make_participant()
    status = fields.get("status", Enrolment.Status.ACTIVE)
    is_pending = status in [*Enrolment.PENDING, Enrolment.Status.REFUSED]
    defaults = {
        "status": status,
        "active_from": None if is_pending else clock.now() - timedelta(days=1),
        "queued_at": clock.now() if status == "waitlisted" else None,
        "audience": person.audience,
        "sex": person.sex,
        "region": person.region,
        "organisation": person.organisation,
    }
    return Enrolment.objects.create(
        person=person, cohort=cohort or make_cohort(), **defaults | fields
    )


def make_session(cohort=None, **fields) -> Session:
    """A session of 90 minutes today at nine, or a day later for each one there is."""
    cohort = cohort or make_cohort()
    today = cohort.day_of(clock.now())
    defaults = {
        "local_date": today + timedelta(days=cohort.sessions.count()),
        "local_time": time(9),
    }
    session = Session(cohort=cohort, **defaults | fields)
    session.starts_at = session.instant()
    session.save()
    return session


def make_apology(session, enrolment, *, paper=b"", **fields) -> Apology:
    """Sent a moment ago and not decided."""
    defaults = {"reason": "My child is ill.", "sent_at": clock.now()}
    apology = Apology(session=session, enrolment=enrolment, **defaults | fields)
    if paper:
        apology.paper.save(f"{uuid.uuid4().hex}.pdf", ContentFile(paper), save=False)
    apology.save()
    return apology


def make_conference_upload(session=None, data=b"", **fields) -> ConferenceUpload:
    """A report of one person, uploaded a moment ago."""
    session = session or make_session()
    defaults = {
        "name": "participants.csv",
        "timezone": session.cohort.timezone,
        "created_at": clock.now(),
    }
    upload = ConferenceUpload(session=session, **defaults | fields)
    data = data or b"Name,Duration\nSomebody Else,60\n"
    upload.file.save(uuid.uuid4().hex, ContentFile(data), save=False)
    upload.save()
    return upload


def make_staff(cohort=None, role="trainer", user=None) -> Staff:
    return Staff.objects.create(
        cohort=cohort or make_cohort(), user=user or make_user(), role=role
    )


def make_event(heads=None, **fields) -> Event:
    """An awareness session of yesterday with five women of no noted age."""
    defaults = {
        "key": uuid.uuid4(),
        "kind": Event.Kind.AWARENESS,
        "held_on": timezone.localdate(clock.now()) - timedelta(days=1),
        "centre": "khujand",
        "region": "sughd",
        "recorded_at": clock.now(),
    }
    donors = fields.pop("donors", [])
    event = Event.objects.create(**defaults | fields)
    event.donors.set(donors)
    for (sex, age), count in (heads or {("f", ""): 5}).items():
        HeadCount.objects.create(event=event, sex=sex, age=age, heads=count)
    return event


def make_register() -> tuple[Session, list[Enrolment], User]:
    """A session of this morning, two participants expected in it, and a trainer."""
    cohort = make_cohort()
    session = make_session(cohort)
    return session, [make_enrolment(cohort=cohort) for _ in range(2)], make_user()
