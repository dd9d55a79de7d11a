"""Names in braces: filled in once, by plain replacement."""

from lms.placeholders import fill, names_in, unknown_in


def test_each_name_is_told_once_in_the_order_of_reading():
    assert names_in("{name}, {when} { name } {}") == ["name", "when", ""]


def test_what_cannot_be_filled_in_is_named():
    """CM-04"""
    text = "Dear {nmae}, {name} {имя} {{ name }} {% now %}"

    assert unknown_in(text, ["name"]) == ["nmae", "имя", "% now %"]


def test_values_stand_in_place_of_their_names():
    assert fill("Dear {name}: { when }", {"name": "Ҷамшед", "when": "9:00"}) == (
        "Dear Ҷамшед: 9:00"
    )


def test_braces_within_a_value_are_not_filled_in_again():
    values = {"name": "{link}", "link": "https://example.org"}

    assert fill("Dear {name}", values) == "Dear {link}"


def test_nothing_of_a_text_is_ever_run():
    text = "{{ settings.SECRET_KEY }} {% load i18n %} {name.__class__} %(name)s"

    assert fill(text, {"name": "x"}) == text


def test_a_line_about_nothing_is_left_out():
    text = "When: {when}\nPlace: {place}\n\n\nMeeting: {link} {place}\n\nYours"
    values = {"when": "9:00", "place": "", "link": ""}

    assert fill(text, values) == "When: 9:00\n\nYours"
