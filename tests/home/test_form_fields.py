"""How a field of any form of ours stands on a page."""

from django import forms
from django.template.loader import render_to_string
from django.test.html import parse_html


class Papers(forms.Form):
    paper = forms.FileField(label="The paper")
    name = forms.CharField(label="Name")


def drawn(field) -> str:
    return render_to_string("includes/field.html", {"field": field})


def test_a_file_is_chosen_by_a_button_with_our_own_words():
    """A browser's speak its own language."""
    html = drawn(Papers()["paper"])

    label = '<label class="btn btn-quiet" for="id_paper">Choose a file</label>'
    field = '<input type="file" name="paper" required id="id_paper">'
    box = parse_html(f'<div class="file">{label}{field}</div>')
    assert parse_html(html).count(box) == 1
    assert html.count("<label") == 2


def test_no_other_field_has_such_a_button():
    assert "Choose a file" not in drawn(Papers()["name"])
