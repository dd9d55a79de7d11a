"""Reading a list: a file is read, or refused with one sentence; nothing crashes."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.tables.sheets import MOST_BYTES, MOST_LINES, Unreadable
from lms.roster.listing import read_roster
from lms.roster.reading import read
from lms.roster.rows import Defaults

DATA = Path(__file__).parents[1] / "data"
KHUJAND = (DATA / "roster-khujand-2026-10.csv").read_bytes()
CONSULATES = (DATA / "roster-consulates-2026-11.xlsx").read_bytes()
HEADINGS = "ФИО;Пол;Организация;Эл. почта\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def people(text, **options):
    return read_roster((HEADINGS + text).encode(), **options).rows


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data, name, content):
    """The workbook with one part replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


def test_the_khujand_list_is_read_with_the_numbers_of_its_lines():
    roster = read_roster(KHUJAND)

    assert [row.number for row in roster.rows] == [*range(5, 22), 23, 24, 25]
    assert roster.skipped == [
        "1: Список участников тренинга «Противодействие торговле людьми»",
        "2: Худжанд, 12-14 октября 2026 г.",
        "26: Итого: 20",
    ]
    assert roster.unused == ["№"]
    assert [row.number for row in roster.rows if row.warnings] == [23, 24, 25]


def test_the_workbook_is_read_without_its_notes():
    roster = read_roster(CONSULATES)

    assert [(r.sheet, r.number, r.name) for r in roster.rows][-2:] == [
        ("Participants", 8, "Хӯҷаева Ситорамоҳ"),
        ("Participants", 9, "محمدی فرزانه"),
    ]
    assert roster.ignored_sheets == ["Notes"]
    assert roster.unused == ["No.", "Date of birth"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_any_separator_and_encoding_is_understood(separator, encoding):
    text = "ФИО;Пол;Город\r\nИванов Иван;м;Исфара\r\n\r\nПетрова Анна;ж;Хорог\r\n"

    roster = read_roster(text.replace(";", separator).encode(encoding))

    assert [(r.number, r.name, r.sex, r.region) for r in roster.rows] == [
        (2, "Иванов Иван", "m", "sughd"),
        (4, "Петрова Анна", "f", "gbao"),
    ]


def test_a_list_of_names_alone_is_a_list():
    assert [r.name for r in read_roster("ФИО\nИванов\nПетрова".encode()).rows] == [
        "Иванов",
        "Петрова",
    ]


def test_a_cell_of_two_lines_keeps_the_numbers_of_the_lines_right():
    rows = people('Иванов;м;"ОВД\nг. Исфара";\nПетрова;ж;;\n')

    assert [(r.number, r.organisation) for r in rows] == [
        (2, "ОВД г. Исфара"),
        (4, ""),
    ]


def test_several_sheets_of_people_are_one_list():
    data = workbook(
        ("Police", [["Name", "Sex"], ["Nazarova Lola", "f"]]),
        ("Hotel", [["Booked for the seminar"]]),
        ("Judges", [["Judges of the region"], [], ["Name", "Sex"], ["Sobirov", "m"]]),
    )

    roster = read_roster(data)

    assert [(r.key, r.sheet, r.name) for r in roster.rows] == [
        ("2", "Police", "Nazarova Lola"),
        ("2.4", "Judges", "Sobirov"),
    ]
    assert roster.ignored_sheets == ["Hotel"]
    assert roster.skipped == ["Judges, 1: Judges of the region"]


@pytest.mark.parametrize(
    "line", ["Всего участников: 2;;;\n", ";Ҳамагӣ 2;;\n", "Total;2;;\n", "1;2;3;4\n"]
)
def test_lines_of_totals_and_column_numbers_are_no_people(line):
    roster = read_roster((HEADINGS + "Иванов;м;ОВД;\n" + line + HEADINGS).encode())

    assert [row.name for row in roster.rows] == ["Иванов"]
    assert [text[0] for text in roster.skipped] == ["3", "4"]


@pytest.mark.parametrize(
    "word", ["?осимов Ф.", "Ибро?имзода", "Му?аммад?он", "Ра\ufffdимова"]
)
def test_lost_letters_refuse_the_whole_file(word):
    with pytest.raises(Unreadable, match="Letters are lost in this file: line 3"):
        people(f"Иванов;м;ОВД;\n{word};м;ОВД;\n")


@pytest.mark.parametrize("text", ["Что дальше?", "https://example.org/?a=b", "да?"])
def test_a_question_mark_after_a_word_or_in_a_link_is_no_lost_letter(text):
    assert people(f"Иванов;м;{text};\n")[0].organisation == text


def test_letters_read_in_the_wrong_alphabet_refuse_the_whole_file():
    garbled = "Раҳимова Гулнора".encode().decode("cp1251", "replace")

    with pytest.raises(Unreadable):
        people(f"{garbled.replace(chr(0xFFFD), '')};ж;;\n")


def test_a_name_that_ends_in_a_question_mark_is_refused_alone():
    first, second = people("Турсун?;ж;;\nИванов;м;;\n")

    assert "was a letter lost?" in first.refusals[0]
    assert second.refusals == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b";;;\n;;\n", "The file is empty"),
        (b"%PDF-1.7\x00\x01", "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"\xff\xfea", "not a spreadsheet"),
        (b"\x98 in no alphabet", "not a spreadsheet"),
        (b"<html><body>Sign in</body></html>", "No line with column headings"),
        (b'Name;Sex\n"Ivanov;m\nPetrov;m\n', "quotation mark"),
        (b"a" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data, said):
    with pytest.raises(Unreadable, match=said):
        read_roster(data)


def test_a_zip_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    with pytest.raises(Unreadable, match="not an Excel workbook"):
        read(file.getvalue())


def test_a_hundred_thousand_lines_are_refused_before_the_last_is_read():
    text = HEADINGS + "Иванов Иван;м;ОВД г. Исфара;\n" * 100_000
    never_closed = '"Петров'

    with pytest.raises(Unreadable, match=f"more than {MOST_LINES} lines"):
        read((text + never_closed).encode())


def test_a_workbook_of_a_hundred_thousand_lines_is_refused_before_its_end_is_read():
    line = '<row><c t="inlineStr"><is><t>Ivanov</t></is></c></row>'
    rows = f'<dimension ref="A1"/><sheetData>{line * 100_000}</never-opened>'
    xml = f'<worksheet xmlns="{MAIN}">{rows}'
    data = with_part(CONSULATES, "xl/worksheets/sheet1.xml", xml)

    with pytest.raises(Unreadable, match=f"more than {MOST_LINES} lines"):
        read(data)


@pytest.mark.parametrize(
    ("part", "size"),
    [("xl/worksheets/sheet1.xml", 70_000_000), ("xl/styles.xml", 40_000_000)],
)
def test_a_zip_bomb_is_not_unpacked(part, size):
    bomb = with_part(CONSULATES, part, b" " * size)

    with pytest.raises(Unreadable, match="unpacks to far more"):
        read(bomb)


def test_a_row_far_below_is_not_waited_for():
    line = '<row r="999999999"><c r="A999999999"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{line}</sheetData></worksheet>'

    with pytest.raises(Unreadable, match="too large"):
        read(with_part(CONSULATES, "xl/worksheets/sheet1.xml", xml))


def test_entities_of_a_workbook_are_not_expanded():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    xml = f'{entities}<worksheet xmlns="{MAIN}"><sheetData/>&b;</worksheet>'

    with pytest.raises(Unreadable, match="cannot be opened"):
        read(with_part(CONSULATES, "xl/worksheets/sheet1.xml", xml))


def test_too_many_columns_are_refused():
    with pytest.raises(Unreadable, match="Line 2 has more than 200 columns"):
        people("a;" * 300 + "a\n")


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://example.org")'])
def test_a_line_with_a_formula_is_refused_and_the_others_stay(cell):
    data = workbook(
        ("People", [["Name", "Sex", "No."], [cell, "f", 1], ["Sobirov", "m", "=A1"]])
    )

    first, second = read_roster(data).rows

    assert "is a formula" in first.refusals[0]
    assert (second.name, second.refusals) == ("Sobirov", ())


def test_numbers_and_days_of_a_workbook_are_read_as_they_look():
    data = workbook(
        ("People", [["Name", "Phone"], ["Sobirov", 992000001118], ["Nazarova", 17.0]])
    )

    assert [row.phone for row in read_roster(data).rows] == ["+992000001118", "17"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (";м;ОВД;a@example.org", "no name"),
        ("123;м;ОВД;", "is not a name"),
        (f"{'а' * 161};м;ОВД;", "longer than 160"),
    ],
)
def test_a_line_without_a_usable_name_is_refused(line, said):
    [row] = people(line)

    assert said in row.refusals[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Иванов;;ОВД;", "The sex is missing"),
        ("Иванов;?;ОВД;", "“?” is not known as a sex"),
        ("Иванов;м/ж;ОВД;", "“м/ж” is not known as a sex"),
        ("Иванов;м;ОВД;нет", "“нет” is not an e-mail address"),
        (f"Иванов;м;{'О' * 256};", "longer than 255 characters"),
    ],
)
def test_what_is_not_understood_is_a_warning_on_its_line(line, said):
    [row] = people(line)

    assert row.refusals == ()
    assert said in row.warnings[0]


def test_a_name_may_stand_in_three_columns():
    text = "Фамилия;Имя;Отчество\nҚосимов;Фирдавс;Абдуллоевич\n"

    [row] = read_roster(text.encode()).rows

    assert row.name == "Қосимов Фирдавс Абдуллоевич"


def test_what_lines_do_not_say_is_taken_from_what_was_told():
    text = "ФИО;Организация;Категория\nИванов;;\nПетров;Суд;суд\nЮсуф;;эксперт\n"
    told = Defaults(audience="ngo", organisation="ОО «Умед»")

    rows = read_roster(text.encode(), defaults=told).rows

    assert [(row.organisation, row.audience) for row in rows] == [
        ("ОО «Умед»", "ngo"),
        ("Суд", "judges"),
        ("ОО «Умед»", ""),
    ]


def test_a_remembered_heading_is_read_as_was_said():
    text = "Кто едет;Пол\nИванов;м\n"

    [row] = read_roster(text.encode(), remembered={"кто едет": "name"}).rows

    assert row.name == "Иванов"


def test_what_cannot_be_seen_is_dropped_and_the_joiner_of_persian_stays():
    [row] = people("\u200bمحمدی\u200cفر\xa0 زانه\ufeff;ж;;\n")

    assert row.name == "محمدی\u200cفر زانه"


def understood_or_refused(data):
    try:
        roster = read_roster(data)
    except Unreadable:
        return
    assert roster.rows


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reading(data):
    understood_or_refused(data)


@given(st.text(max_size=200))
def test_no_text_below_the_headings_crashes_the_reading(text):
    understood_or_refused((HEADINGS + text).encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_workbook_crashes_the_reading(data):
    damaged = bytearray(CONSULATES)
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=8)):
        damaged[place] ^= data.draw(st.integers(1, 255))

    understood_or_refused(bytes(damaged))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_no_part_of_a_workbook_crashes_the_reading(content):
    understood_or_refused(with_part(CONSULATES, "xl/workbook.xml", content))
