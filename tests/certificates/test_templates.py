"""Templates: drafts, versions that stay, previews of nobody."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from certificates.actions import templates
from certificates.actions.issuing import issue
from certificates.design.sample import sample
from certificates.forms.carrying import DuplicateForm, ImportForm
from certificates.forms.templates import TemplateForm
from certificates.forms.trials import TrialForm
from certificates.models import CertificateTemplate, Signatory
from certificates.models.template import PublishedForGood
from certificates.paper import layout
from tests.factories import make_course, make_user

from .builders import make_completed, make_image, make_signatory

pytestmark = pytest.mark.django_db


def general() -> CertificateTemplate:
    return CertificateTemplate.objects.get(course_key=None, kind="completion")


def draft(template, **content):
    return templates.save_draft(
        template,
        title=template.title,
        course_key=template.course_key,
        content=template.newest.content | {"theme": "guilloche"} | content,
        by=make_user(),
    )


def answers(**changed):
    fields = {"title": "Completion", "course_key": "", "accent": "#1F4E79"}
    fields |= {"theme": "guilloche", "kind": "completion"}
    for code in ("en", "ru", "tg"):
        for name in ("issuer", "title", "presented", "deed", "footer"):
            fields[f"{name}_{code}"] = f"{name} {code}"
    return fields | changed


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)


def test_editing_a_published_template_makes_a_draft_and_leaves_what_was_issued():
    """CE-27"""
    certificate = issue(make_completed(), by=make_user())

    draft(general(), accent="#a3262a")
    draft(general(), accent="#2e6b4f")

    versions = general().versions.order_by("number")
    assert [(v.number, bool(v.published_at)) for v in versions] == [
        (1, True),
        (2, False),
    ]
    assert certificate.template_version.number == 1
    assert issue(make_completed(), by=make_user()).template_version.number == 1
    templates.publish(general(), by=make_user())
    second = issue(make_completed(), by=make_user())
    assert second.content["design"]["accent"] == "#2e6b4f"


def test_saving_without_a_change_makes_no_version():
    draft(general(), accent="#a3262a")
    draft(general(), accent="#a3262a")

    assert general().versions.count() == 2


def test_there_is_nothing_to_publish_without_a_draft():
    with pytest.raises(templates.NothingToPublish):
        templates.publish(general(), by=make_user())


def test_a_template_with_a_letter_no_font_has_is_not_published():
    """CE-28"""
    texts = general().newest.content["texts"]
    draft(general(), texts=texts | {"en": texts["en"] | {"deed": "for 合格"}})

    with pytest.raises(templates.LettersMissing, match="合"):
        templates.publish(general(), by=make_user())


def test_a_preview_needs_no_participant():
    """CE-32"""
    content = sample(general().newest, "tg")

    assert content["number"] == ""
    assert content["holder"]


def test_a_preview_says_its_words_in_the_papers_language_whoever_looks():
    """No Russian words on an English paper, and Persian numbers on a Persian one."""
    with translation.override("ru"):
        content = sample(general().newest, "en")

    assert (content["course"]["en"], content["place"]) == (
        "The title of the course",
        "Place",
    )
    assert content["course"]["ru"] == "Название курса"
    assert content["topics"]["en"][0] == "First topic"
    assert content["score_band"]["fa"] == "۸۰٪ و بالاتر"


@pytest.mark.parametrize(("reader", "shown"), [("ru", "ru"), ("tg", "tg")])
def test_a_paper_is_shown_first_in_the_language_of_who_looks(reader, shown):
    with translation.override(reader):
        assert TrialForm()["language"].value() == shown
    with translation.override("de"):
        assert TrialForm()["language"].value() == "en"


@pytest.mark.usefixtures("administrator")
def test_an_administrator_writes_previews_and_publishes(client):
    course = make_course(title="First contact")
    image = make_image()
    page = client.get(reverse("certificate_templates:add")).content.decode()

    response = client.post(
        reverse("certificate_templates:add"),
        answers(
            title="Own",
            course_key=str(course.translation_key),
            logo_1=image.pk,
            valid_months="24",
            is_public="on",
        ),
    )

    own = CertificateTemplate.objects.get(course_key=course.translation_key)
    assert "for completing the training course" in page
    assert response.status_code == 302
    content = own.newest.content
    assert content["texts"]["tg"]["deed"] == "deed tg"
    assert list(content["texts"]) == ["en", "ru", "tg"]
    assert (content["valid_months"], content["logo_images"]) == (24, [image.pk])
    assert content["is_public"] is True
    preview = client.get(reverse("certificate_templates:preview", args=[own.pk, "tg"]))
    assert preview.content.startswith(b"%PDF")
    client.post(reverse("certificate_templates:publish", args=[own.pk]))
    assert own.published.number == 1
    listed = client.get(reverse("certificate_templates:inspect", args=[own.pk]))
    assert "Published on" in listed.content.decode()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("accent", "blue", "Write a colour as # and six digits"),
        ("deed_ru", "", "This field is required"),
        ("title_tg", "合格", "No font of the certificates has these letters"),
        ("course_key", "", "This course has a template of this kind already."),
        ("valid_months", "0", "greater than or equal to 1"),
        ("logo_1", "99999", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, field, value, message):
    response = client.post(
        reverse("certificate_templates:add"),
        answers(title="Second", deed_en="My own words") | {field: value},
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "My own words" in html
    assert not CertificateTemplate.objects.filter(title="Second").exists()


@pytest.mark.usefixtures("administrator")
def test_a_signatory_has_a_title_in_each_language_and_an_end(client):
    fields = {
        "name": "М. Саидова",
        "title_en": "Head",
        "title_tg": "Роҳбар",
        "title_ru": "",
        "place": 1,
        "since": "2026-01-01",
        "until": "",
        "image": "",
    }
    client.post(reverse("certificate_signatories:add"), fields)
    row = Signatory.objects.get()
    wrong = client.post(
        reverse("certificate_signatories:edit", args=[row.pk]),
        fields | {"until": "2025-01-01", "title_en": "Director"},
    )

    assert row.titles == {"en": "Head", "tg": "Роҳбар"}
    assert "The end is before the start." in wrong.content.decode()
    assert "Director" in wrong.content.decode()
    client.post(
        reverse("certificate_signatories:edit", args=[row.pk]),
        fields | {"title_en": "Director", "name": "М. Раҳимова", "until": "2026-06-30"},
    )
    row.refresh_from_db()
    kept = (row.titles["en"], row.name, row.until)
    assert kept == ("Director", "М. Раҳимова", date(2026, 6, 30))


@pytest.mark.usefixtures("administrator")
def test_two_do_not_sign_in_one_place_on_one_day(client):
    """CE-31"""
    make_signatory(name="Saidova", until=date(2026, 6, 30))
    fields = {"name": "Rahimova", "title_en": "Head", "place": 1}

    page = client.post(
        reverse("certificate_signatories:add"), fields | {"since": "2026-06-30"}
    )
    client.post(
        reverse("certificate_signatories:add"), fields | {"since": "2026-07-01"}
    )
    later = Signatory.objects.get(name="Rahimova")
    back = client.post(
        reverse("certificate_signatories:edit", args=[later.pk]),
        fields | {"since": "2026-06-01"},
    )

    for refused in (page, back):
        assert "Saidova signs in this place" in refused.content.decode()
    later.refresh_from_db()
    assert later.since == date(2026, 7, 1)


def test_what_came_with_the_site_is_named_in_the_readers_language(
    administrator, client
):
    pages = ("index", []), ("inspect", [general().pk]), ("edit", [general().pk])
    with translation.override("ru"):
        names = [str(one) for one in CertificateTemplate.objects.order_by("kind")]
        addresses = [reverse(f"certificate_templates:{d}", args=a) for d, a in pages]
    for address in addresses:
        html = client.get(address, headers={"accept-language": "ru"}).content.decode()
        assert "О прохождении курса" in html
        assert ">Completion<" not in html
        assert 'value="Completion"' not in html

    assert names == [
        "Справка об участии",
        "О прохождении курса",
        "С отличием",
        "Сертификат тренера",
    ]


def test_a_first_title_stays_as_it_is_until_somebody_writes_another(
    administrator, client
):
    own = CertificateTemplate(title="Completion", course_key=uuid4())
    with translation.override("ru"):
        assert str(own) == "Completion"
        shown = TemplateForm(instance=general())["title"].value()
        untouched = TemplateForm(answers(title=shown), instance=general())
        moved = TemplateForm(
            answers(title=shown, kind="distinction"), instance=general()
        )
        written = TemplateForm(answers(title="Наш"), instance=general())

        titles = [
            form.is_valid() and form.cleaned_data["title"]
            for form in (untouched, moved, written)
        ]

    assert titles == ["Completion", shown, "Наш"]


def test_another_title_alone_makes_no_draft():
    template = general()
    known = template.newest.content
    said = {"second_language": "", "is_public": False}
    said["blocks"] = layout.default_blocks(known["theme"])

    templates.save_draft(
        template, title="Gold", course_key=None, content=known | said, by=make_user()
    )

    assert general().title == "Gold"
    assert general().versions.count() == 1


def test_a_change_that_changes_nothing_is_not_logged():
    row = make_signatory()

    assert templates.change_signatory(row, by=None, name=row.name) == row


def test_a_published_version_is_changed_by_nobody():
    """CE-27"""
    version = general().published
    rows = general().versions.all()

    for change in (
        version.save,
        version.delete,
        rows.delete,
        lambda: rows.update(content={}),
    ):
        with pytest.raises(PublishedForGood):
            change()
    draft(general(), accent="#a3262a")
    general().newest.delete()

    assert [one.content for one in general().versions.all()] == [version.content]


@pytest.mark.parametrize("form", [ImportForm, DuplicateForm, TemplateForm])
def test_courses_to_choose_from_stand_in_the_order_of_the_alphabet(form):
    made = {"Ҳуқуқи инсон", "Аввалин тамос", "Ғамхорӣ", "Гувоҳон"}
    for title in sorted(made):
        make_course(title=title)

    choices = form().fields["course_key"].choices

    titles = [title for _key, title in choices if title in made]
    assert titles == ["Аввалин тамос", "Гувоҳон", "Ғамхорӣ", "Ҳуқуқи инсон"]
