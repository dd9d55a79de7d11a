"""The order of names in lists."""

from lms.alphabet import by_name


def test_tajik_letters_stand_beside_their_sisters():
    names = ["Ёрова", "Ҷалолова", "Азизова", "Чориев", "Ғаниева", "Гулов", "Давлат"]

    assert sorted(names, key=by_name) == [
        "Азизова",
        "Гулов",
        "Ғаниева",
        "Давлат",
        "Ёрова",
        "Чориев",
        "Ҷалолова",
    ]


def test_capitals_spaces_and_other_scripts_have_a_place():
    names = [
        "Яъқубов",
        "Ямин",
        "Áron",
        "Azizova",
        "рустам",
        "Рустам",
        "رستم",
        "Раҳим",
    ]

    assert sorted(names, key=by_name) == [
        "Áron",
        "Azizova",
        "Раҳим",
        "рустам",
        "Рустам",
        "Ямин",
        "Яъқубов",
        "رستم",
    ]
