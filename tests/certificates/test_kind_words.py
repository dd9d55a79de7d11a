"""Each kind has its own words in each language of paper, and letters for them."""

import pytest
from django.conf import settings

from certificates.models import CertificateTemplate
from certificates.models.kinds import Kind
from certificates.paper import glyphs, layout
from certificates.paper.labels import LABELS
from certificates.paper.languages import paper_codes, paper_languages

from .papers import TEXTS, texts_of


@pytest.mark.parametrize("kind", Kind.values)
def test_a_kind_says_its_own_in_every_language_of_paper(kind):
    texts = texts_of(kind)

    assert set(texts) == set(LABELS)
    for words in texts.values():
        assert all(words[name] for name in TEXTS)
        assert glyphs.missing("".join(words.values())) == []
        assert all(layout.text_faults(text) == [] for text in words.values())


def test_no_two_kinds_have_one_title():
    for language in LABELS:
        titles = {texts_of(kind)[language]["title"] for kind in Kind.values}
        assert len(titles) == len(Kind)


@pytest.mark.django_db
def test_each_kind_has_a_template_and_a_statement_begins_as_a_letter():
    published = {
        kind: CertificateTemplate.objects.for_course(None, kind).published.content
        for kind in Kind.values
    }

    assert {kind: content["theme"] for kind, content in published.items()} == {
        "completion": "guilloche",
        "attendance": "statement",
        "distinction": "guilloche",
        "trainer": "guilloche",
    }
    for kind, content in published.items():
        said = content["texts"]["ky"]
        assert texts_of(kind)["ky"] == {name: said[name] for name in TEXTS}


def test_paper_speaks_more_languages_than_the_site():
    assert set(paper_codes()) > {code for code, _name in settings.LANGUAGES}
    assert dict(paper_languages())["ky"] == "Кыргызча"


def test_every_label_has_its_letters():
    """CE-28"""
    for words in LABELS.values():
        assert glyphs.missing("".join(words.values())) == []
