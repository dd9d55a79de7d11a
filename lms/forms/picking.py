"""Naming one of thousands of people: typed, looked for, confirmed; without scripts."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms import scoping
from lms.models import Person

from .cohorts import OfCohort

MOST = 20
LONGEST = 160
NONE_OF_THESE = "none"
_NOBODY_FOUND = _("Nobody in your cohorts is found. Write less, or fill in below.")


class OfPerson(OfCohort):
    """A form that may name a person of one's own cohorts.

    What is typed comes back as choices; only a chosen one is taken, never a guess.
    """

    # Where it is said that nobody is named at all, and in which words.
    nobody: tuple[str, str]

    find = forms.CharField(
        label=_("Find somebody: name, e-mail or phone"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "Among the people of your cohorts, in any script. You then choose who is "
            "meant. For anybody else fill in the lines below."
        ),
    )
    person = forms.ChoiceField(
        label=_("Who is meant"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who is meant."),
            "invalid_choice": _("Choose who is meant: these are found now."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.found:
            del self.fields["person"]
            return
        nobody = (NONE_OF_THESE, _("None of these: somebody new, as written below"))
        people = [(str(person.pk), _described(person)) for person in self._shown]
        self.fields["person"].choices = [*people, nobody]
        self.fields["person"].help_text = self._how_many()

    @cached_property
    def found(self) -> list[Person]:
        """Whom the typed words may mean, and one more than is shown if there are."""
        text = str(self.data.get(self.add_prefix("find"), ""))[:LONGEST]
        if not text.strip():
            return []
        mine = scoping.scope(Person.objects.current(), self.for_user, "manage")
        return list(mine.matching(text).select_related("organisation")[: MOST + 1])

    @property
    def _shown(self) -> list[Person]:
        return self.found[:MOST]

    @property
    def is_asking(self) -> bool:
        """Is the only thing left to say who of those found is meant?"""
        return bool(self.found) and set(self.errors) == {"person"}

    def _how_many(self) -> str:
        if len(self.found) > MOST:
            return _("More are found than stand here: write more of the name.")
        count = len(self.found)
        return ngettext(
            "%(count)d person is found.", "%(count)d people are found.", count
        ) % {"count": count}

    def clean_person(self) -> Person | None:
        chosen = self.cleaned_data["person"]
        return {str(person.pk): person for person in self._shown}.get(chosen)

    def clean(self):
        answers = super().clean()
        text = answers.pop("find", "")
        answers.setdefault("person", None)
        if self._says_who(answers) or self.errors.keys() & {"find", "person", "email"}:
            return answers
        if text and not self.found:
            self.add_error("find", _NOBODY_FOUND)
        else:
            self.add_error(*self.nobody)
        return answers

    def _says_who(self, answers: dict) -> bool:
        """Is anybody named, be it by choice or in the other lines?"""
        return bool(answers.get("person") or answers.get("email"))


def _described(person: Person) -> str:
    """Enough to tell namesakes apart, and no whole address on the screen."""
    about = [person.legal_name, person.organisation, _hidden(person.email)]
    return " · ".join(str(part) for part in about if part)


def _hidden(email: str) -> str:
    name, at, domain = email.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
