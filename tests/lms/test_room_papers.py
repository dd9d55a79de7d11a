"""What is printed for a room: sheets to sign, badges and name plates."""

from datetime import date, time
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from courses.models import CoursePage
from lms import paper_words, room_papers
from tests.cast import make_cast
from tests.factories import (
    make_donor,
    make_enrolment,
    make_locale,
    make_organisation,
    make_person,
    make_session,
)

pytestmark = pytest.mark.django_db

START = "2026-10-12T09:00+05:00"
DAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.cohort.sessions.all().delete()
    for hour, title in ((9, "The law"), (13, "Talking to children")):
        make_session(cast.cohort, local_date=DAY, local_time=time(hour), title=title)
    court = make_organisation(name="Суди шаҳри Хуҷанд")
    for name in ("Ҷӯраева Фотима", "Азимов Далер", "فاطمه رحیمی"):
        person = make_person(legal_name=name, organisation=court, position="судя")
        make_enrolment(person, cast.cohort)
    cast.cohort.donors.add(make_donor(name="Swiss Cooperation"))
    return cast


@pytest.fixture
def trainer(client, cast):
    client.force_login(cast.trainer)
    return client


def files(cast):
    code = cast.cohort.code
    session = cast.cohort.sessions.first()
    return [
        reverse("lms:day_sheet", args=[code, "2026-10-12"]),
        reverse("lms:session_sheet", args=[session.pk]),
        reverse("lms:badges", args=[code]),
        reverse("lms:name_plates", args=[code]),
    ]


def pages_of(answer):
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]


def tags_of(answer):
    """What the document's tree says of each of its parts, with the words for it."""
    waiting = [PdfReader(BytesIO(answer.content)).trailer["/Root"]["/StructTreeRoot"]]
    tags = []
    while waiting:
        part = waiting.pop().get_object()
        if "/S" in part:
            tags.append((part["/S"], part.get("/Alt")))
        below = part.get("/K", [])
        below = below if isinstance(below, list) else [below]
        waiting += [one for one in below if isinstance(one.get_object(), dict)]
    return tags


@pytest.mark.parametrize(
    "who", ["participant", "marker", "observer", "stranger", "other_trainer"]
)
def test_who_does_not_teach_the_cohort_prints_nothing_of_it(client, cast, who):
    client.force_login(getattr(cast, who))
    urls = [*files(cast), reverse("lms:prints", args=[cast.cohort.code])]

    assert {client.get(url).status_code for url in urls} == {404}


@pytest.mark.parametrize("language", ["en", "ru", "tg", "fa"])
def test_a_sheet_says_what_it_is_about_and_names_everybody(trainer, cast, language):
    url = files(cast)[0]

    (page,) = pages_of(trainer.get(url, {"language": language}))

    for word in (
        cast.cohort.code,
        "09:00",
        "13:00",
        "The law",
        "Talking to children",
        "Khujand",
        "Swiss Cooperation",
        str(cast.trainer),
        "Азимов Далер",
        "Ҷӯраева Фотима",
    ):
        assert word in page
    assert page.index("Азимов") < page.index("Ҷӯраева")
    if language != "fa":
        assert paper_words.words(language)["guests"] in page


def test_every_language_has_a_word_for_everything():
    known = {code: paper_words.words(code) for code, _name in paper_words.languages()}

    assert {frozenset(words) for words in known.values()} == {frozenset(known["en"])}
    assert all(all(words.values()) for words in known.values())


def test_a_sheet_is_right_to_left_in_persian_and_a_persian_name_is_shaped(
    trainer, cast
):
    """Shaped letters are glyphs of the Arabic font; a box for each would be none."""
    url = files(cast)[0]

    answer = trainer.get(url, {"language": "fa"})

    reader = PdfReader(BytesIO(answer.content))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = " ".join(font.get_object()["/BaseFont"] for font in fonts)
    assert "Naskh" in names
    assert reader.trailer["/Root"]["/Lang"] == "fa"


def test_a_value_runs_as_its_first_letter_does():
    texts = ("12 Ли", "۱۲ ساعت", "12", "")

    directions = [paper_words.direction_of(text) for text in texts]

    assert directions == ["ltr", "rtl", "ltr", "ltr"]


def test_quotes_stay_around_the_name_they_belong_to_on_a_persian_paper(trainer, cast):
    """Ends of a Cyrillic name in a Persian line would change places otherwise."""
    organisation = make_organisation(name="Землячество «Меҳрубонӣ»")
    person = make_person(legal_name="Каримов А. (Айнӣ)", organisation=organisation)
    make_enrolment(person, cast.cohort, organisation=organisation)
    papers = [files(cast)[0], *files(cast)[2:]]

    texts = [" ".join(pages_of(trainer.get(url, {"language": "fa"}))) for url in papers]

    assert ["«Меҳрубонӣ»" in text for text in texts] == [True] * 3
    assert ["(Айнӣ)" in text for text in texts] == [True] * 3


def test_what_is_read_aloud_has_a_head_and_words_for_each_square_code(trainer, cast):
    """PDF/UA-1, 7.3 and 7.4.2: a figure says what it is, the first heading is an H1."""
    tags = [tags_of(trainer.get(url)) for url in files(cast)]

    heads = [{tag for tag, _alt in one if tag.startswith("/H")} for one in tags]
    figures = [{alt for tag, alt in one if tag == "/Figure"} for one in tags]
    assert heads == [{"/H1"}] * 4
    square = {paper_words.words(cast.cohort.locale)["code"]}
    assert figures == [square, square, square, set()]


def test_a_sheet_names_the_course_in_its_own_language(trainer, cast):
    course = CoursePage.objects.get(translation_key=cast.cohort.edition.course_key)
    tajik = make_locale("tg")
    course.copy_for_translation(tajik, copy_parents=True).save()
    CoursePage.objects.filter(locale=tajik).update(title="Мулоқоти аввал", live=True)
    url = files(cast)[0]

    pages = {
        language: pages_of(trainer.get(url, {"language": language}))[0]
        for language in ("en", "tg")
    }

    assert course.title in pages["en"]
    assert "Мулоқоти аввал" in pages["tg"]


def test_nobody_signs_for_a_session_they_are_not_expected_at(cast):
    first, second = cast.cohort.sessions.all()
    late = make_enrolment(
        make_person(legal_name="Яқубов Зафар"), cast.cohort, active_from=first.ends_at
    )

    lines = room_papers.signers(cast.cohort, [first, second])

    assert lines[-2].name == late.person.legal_name
    assert lines[-2].cells == (False, True)
    assert late.person.legal_name not in [
        line.name for line in room_papers.signers(cast.cohort, [first])
    ]


def test_badges_and_name_plates_are_for_who_studies_and_who_teaches(trainer, cast):
    *_sheets, badges, plates = [trainer.get(url) for url in files(cast)]

    (cards,) = pages_of(badges)
    on_tables = pages_of(plates)

    for name in ("Азимов Далер", "Ҷӯраева Фотима", str(cast.trainer)):
        assert name in cards
        assert name in " ".join(on_tables)
    assert "Суди шаҳри Хуҷанд" in cards
    assert len(on_tables) == 3


def test_a_day_of_nine_lessons_fits_on_its_page(trainer, cast):
    for hour in (8, 10, 11, 12, 14, 15, 16):
        make_session(cast.cohort, local_date=DAY, local_time=time(hour))
    answer = trainer.get(files(cast)[0], {"language": "en"})
    page = PdfReader(BytesIO(answer.content)).pages[0]
    begins = {}

    def look(text, transform, place, *_font):
        begins[text.strip()] = transform[0] * place[4] + transform[4]

    page.extract_text(visitor_text=look)

    assert begins["16:00–17:30"] < float(page.mediabox.width) - 40
    assert begins["Азимов Далер"] + 80 < begins["Суди шаҳри Хуҷанд"]


def test_lines_for_guests_stand_on_one_page_with_what_they_are_for(trainer, cast):
    for number in range(15):
        make_enrolment(make_person(legal_name=f"Ҳамидов {number}"), cast.cohort)

    first, second = pages_of(trainer.get(files(cast)[0], {"language": "en"}))

    guests = paper_words.words("en")["guests"]
    assert (guests in first, guests in second) == (False, True)


def test_a_name_plate_is_small_enough_for_a_weak_line(trainer, cast):
    """Dots around a card took ninety bytes each."""
    plates = trainer.get(files(cast)[3])

    assert len(plates.content) < 30_000


def test_a_long_list_goes_on_with_its_head_on_the_next_page(trainer, cast):
    for number in range(60):
        make_enrolment(make_person(legal_name=f"Ҳамидов {number}"), cast.cohort)

    pages = pages_of(trainer.get(files(cast)[0], {"language": "en"}))

    assert len(pages) > 1
    assert all("Organisation" in page for page in pages[:-1])
    assert [f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1)] == [
        True
    ] * len(pages)


@pytest.mark.parametrize("day", ["2026-10-13", "yesterday", "2026-13-45", "0"])
def test_a_day_without_a_session_has_no_sheet(trainer, cast, day):
    url = reverse("lms:day_sheet", args=[cast.cohort.code, day])

    assert trainer.get(url).status_code == 404


def test_an_unknown_language_is_the_one_of_the_cohort(trainer, cast):
    answer = trainer.get(files(cast)[2], {"language": "tlh"})

    assert answer["Content-Disposition"].endswith(f'-{cast.cohort.locale}.pdf"')


def test_the_page_leads_to_every_paper_in_as_many_queries_for_more_days(trainer, cast):
    url = reverse("lms:prints", args=[cast.cohort.code])
    trainer.get(url)
    with CaptureQueriesContext(connection) as once:
        page = trainer.get(url, {"language": "fa"}).content.decode()
    make_session(cast.cohort, local_date=date(2026, 10, 14))
    with CaptureQueriesContext(connection) as more:
        trainer.get(url, {"language": "fa"})

    assert all(f'href="{one}?language=fa"' in page for one in files(cast))
    assert len(once) == len(more)
