"""The year's sentence."""

from lms.sentence import sentence


def test_the_sentence_counts_people_and_names_who_they_were():
    said = sentence(
        year=2026, people=30, by_audience={"judges": 1, "police": 27, "diaspora": 2}
    )

    assert said == (
        "In 2026, 30 people were trained in countering trafficking in persons: "
        "27 law-enforcement officers, 1 judge and 2 diaspora members."
    )


def test_one_person_is_one_person():
    said = sentence(year=2026, people=1, by_audience={"law_students": 1})

    assert said == (
        "In 2026, 1 person was trained in countering trafficking in persons: "
        "1 law student."
    )


def test_people_of_unknown_audience_are_not_left_out():
    said = sentence(year=2026, people=3, by_audience={"": 2, "ngo": 1})

    assert said.endswith(": 1 NGO staff member and 2 other people.")


def test_a_year_without_trainings_says_so():
    said = sentence(year=2026, people=0, by_audience={})

    assert said == "In 2026 nobody has completed a training yet."
