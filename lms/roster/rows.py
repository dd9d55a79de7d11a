"""One line of a list as a person: fields, warnings and refusals."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from courses.tables.sheets import Line

from .columns import Headings
from .folding import fold_word
from .phones import phone_of
from .places import region_of
from .words import audience_of, sex_of

# As long as the columns of `lms.models.Person` and `Organisation`; a test compares.
LONGEST = {"name": 160, "position": 160, "organisation": 255, "email": 254, "phone": 20}


@dataclass(frozen=True)
class Row:
    """One person as the list has them. What was not understood stays empty."""

    key: str
    sheet: str
    number: int
    name: str
    sex: str = ""
    position: str = ""
    organisation: str = ""
    region: str = ""
    phone: str = ""
    email: str = ""
    audience: str = ""
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Defaults:
    """What is true of lines that do not say it themselves."""

    audience: str = ""
    organisation: str = ""


class _Reader:
    """Reads the cells of one line and collects what is to be said about them."""

    def __init__(self, line: Line, headings: Headings) -> None:
        self.line = line
        self.headings = headings
        self.warnings: list[str] = []
        self.refusals: list[str] = []

    def has(self, name: str) -> bool:
        return name in self.headings.fields

    def cells(self, name: str) -> Iterator[str]:
        for column in self.headings.columns_of(name):
            if self.line.cell(column):
                yield self.line.cell(column)

    def first(self, name: str) -> str:
        return next(self.cells(name), "")

    def short(self, name: str, text: str) -> str:
        """The text, or nothing and a warning where it does not fit."""
        if len(text) <= LONGEST[name]:
            return text
        self.warnings.append(
            _("“%(text)s” is longer than %(most)s characters and was left out.")
            % {"text": f"{text[:60]}…", "most": LONGEST[name]}
        )
        return ""

    def check_formulas(self) -> None:
        for name in {name for name in self.headings.fields if name}:
            for cell in self.cells(name):
                if cell.startswith("="):
                    self.refusals.append(
                        _(
                            "“%(text)s” is a formula, not a value. Copy the column "
                            "and paste it as values."
                        )
                        % {"text": cell[:60]}
                    )

    def name(self) -> str:
        parts = (
            self.first(part) for part in ("surname", "name", "given_name", "patronymic")
        )
        name = " ".join(part for part in parts if part)
        if self.refusals:
            return name
        if not name:
            self.refusals.append(_("There is no name on this line."))
        elif not fold_word(name):
            self.refusals.append(_("“%(text)s” is not a name.") % {"text": name[:60]})
        elif "?" in name:
            self.refusals.append(
                _("“%(text)s” has a question mark: was a letter lost?")
                % {"text": name[:60]}
            )
        elif len(name) > LONGEST["name"]:
            self.refusals.append(
                _("The name is longer than %(most)s characters.")
                % {"most": LONGEST["name"]}
            )
        return name

    def sex(self) -> str:
        if not self.has("sex"):
            return ""
        text = self.first("sex")
        if not text:
            self.warnings.append(_("The sex is missing."))
            return ""
        sex = sex_of(text)
        if sex is None:
            self.warnings.append(
                _("“%(text)s” is not known as a sex; it stays empty.")
                % {"text": text[:60]}
            )
        return sex or ""

    def audience(self, default: str) -> str:
        text = self.first("audience")
        if not text:
            if self.has("audience") and not default:
                self.warnings.append(_("The audience is missing."))
            return default
        audience = audience_of(text)
        if audience is None:
            self.warnings.append(
                _("“%(text)s” is not known as an audience; it stays empty.")
                % {"text": text[:60]}
            )
        return audience or ""

    def region(self) -> str:
        places = list(self.cells("place"))
        for place in places:
            region = region_of(place)
            if region:
                return region
        if places:
            self.warnings.append(
                _("“%(text)s” is in no region known here; the region stays empty.")
                % {"text": ", ".join(places)[:60]}
            )
        return ""

    def phone(self) -> str:
        text = self.first("phone")
        if not text:
            return ""
        number = phone_of(text)
        if number:
            return number
        kept = self.short("phone", text)
        if kept:
            self.warnings.append(
                _("“%(text)s” is not a phone number; it was kept as it is.")
                % {"text": kept}
            )
        return kept

    def email(self) -> str:
        text = self.first("email")
        if not text:
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self.warnings.append(
                _("“%(text)s” is not an e-mail address; it stays empty.")
                % {"text": text[:60]}
            )
            return ""
        return self.short("email", text).lower()


def row_of(line: Line, headings: Headings, defaults: Defaults) -> Row:
    """The person on this line; the caller adds where the line stands."""
    reader = _Reader(line, headings)
    reader.check_formulas()
    name = reader.name()
    if reader.refusals:
        return Row(
            key="",
            sheet="",
            number=line.number,
            name=name,
            refusals=tuple(reader.refusals),
        )
    return Row(
        key="",
        sheet="",
        number=line.number,
        name=name,
        sex=reader.sex(),
        position=reader.short("position", reader.first("position")),
        organisation=reader.short("organisation", reader.first("organisation"))
        or defaults.organisation,
        region=reader.region(),
        phone=reader.phone(),
        email=reader.email(),
        audience=reader.audience(defaults.audience),
        warnings=tuple(reader.warnings),
    )
