"""Values of one direction in sentences of the other."""

from certificates.paper import bidi


def test_a_value_is_isolated_and_nothing_stays_nothing():
    line = f"شماره {bidi.isolate('UST-1')}"

    assert bidi.as_html([line]) == ['شماره <bdi dir="ltr">UST-1</bdi>']
    assert bidi.isolate("") == ""
    assert bidi.plain(line) == "شماره UST-1"


def test_an_isolate_that_runs_over_a_line_goes_on_in_the_next():
    whole = bidi.isolate("one two")
    first, second = whole.split(" ")

    assert bidi.as_html([first, second, "three"]) == [
        '<bdi dir="ltr">one</bdi>',
        '<bdi dir="ltr">two</bdi>',
        "three",
    ]


def test_markup_in_a_value_is_text():
    assert bidi.as_html([bidi.isolate("<b>")]) == ['<bdi dir="ltr">&lt;b&gt;</bdi>']
