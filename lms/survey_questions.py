"""The questions of a survey: what is asked by default, and how staff write others.

A question is {"key", "kind", "texts", "options"}; texts and options are by language.
What was asked stays with a survey, whatever the template says later.
"""

from typing import Any, Literal

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Kind = Literal["scale", "choice", "text"]
Question = dict[str, Any]
Rows = list[tuple[str, str, list[str]]]
Default = tuple[str, Kind, str | Promise, list[str | Promise]]

SCALE = range(1, 6)
MOST_QUESTIONS = 12
MOST_OPTIONS = 8
MOST_LETTERS = 240

_AT_THE_END: list[Default] = [
    ("useful", "scale", _("What I learnt is useful for my work."), []),
    ("clear", "scale", _("The content was clear and in good order."), []),
    ("trainers", "scale", _("The trainers knew the subject and answered us."), []),
    ("safe", "scale", _("I could ask and speak freely."), []),
    ("conditions", "scale", _("Place, time and equipment were good."), []),
    (
        "pace",
        "choice",
        _("How was the pace?"),
        [_("Too slow"), _("Right"), _("Too fast")],
    ),
    ("best", "text", _("What helped you most?"), []),
    ("change", "text", _("What should be changed?"), []),
]
_LATER: list[Default] = [
    ("used", "scale", _("I use what I learnt in my work."), []),
    ("confident", "scale", _("I am surer of what to do than before."), []),
    ("shared", "scale", _("I have passed it on to colleagues."), []),
    (
        "occasion",
        "choice",
        _("How often did you need it?"),
        [_("Often"), _("Once or twice"), _("Not yet")],
    ),
    ("hinders", "text", _("What keeps you from using it?"), []),
    ("next", "text", _("What should we teach next?"), []),
]


class Unclear(Exception):
    """The lines of a language say no questions; the text says which line and why."""

    language = ""


def defaults(*, is_later: bool) -> list[Question]:
    """The questions asked where nobody has written others, in every language."""
    asked = _LATER if is_later else _AT_THE_END
    return [
        {
            "key": key,
            "kind": kind,
            "texts": _in_all(lambda text=text: str(text)),
            "options": _in_all(lambda options=options: [str(one) for one in options]),
        }
        for key, kind, text, options in asked
    ]


def in_language(question: Question, language: str) -> tuple[str, list[str]]:
    """The text and the options, in another language where this one is missing."""
    texts, options = question["texts"], question["options"]
    spare = next(iter(texts), "")
    code = language if texts.get(language) else spare
    return texts.get(code, ""), options.get(code, [])


def as_lines(questions: list[Question], language: str) -> str:
    """As staff write them: one a line, its kind before it, choices after bars."""
    lines = []
    for question in questions:
        text, options = in_language(question, language)
        lines.append(f"{question['kind']}: {' | '.join([text, *options])}")
    return "\n".join(lines)


def read_lines(
    written: dict[str, str], *, before: list[Question] | None = None
) -> list[Question]:
    """The questions of these lines by language; the same ones in each. Raises Unclear.

    A question that keeps its place and kind keeps its key, so that reports go on.
    """
    parsed: dict[str, Rows] = {}
    for code, text in written.items():
        try:
            parsed[code] = _parse(text)
            _refuse_differing(next(iter(parsed.values())), parsed[code], _name(code))
        except Unclear as unclear:
            unclear.language = code
            raise
    first = next(iter(parsed.values()))
    return [
        {
            "key": _key(place, kind, before or []),
            "kind": kind,
            "texts": {code: rows[place][1] for code, rows in parsed.items()},
            "options": {code: rows[place][2] for code, rows in parsed.items()},
        }
        for place, (kind, _text, _options) in enumerate(first)
    ]


def _in_all(say: Any) -> dict[str, Any]:
    found = {}
    for code, _name_of in settings.LANGUAGES:
        with translation.override(code):
            found[code] = say()
    return found


def _parse(text: str) -> Rows:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Unclear(gettext("Write at least one question in each language."))
    if len(lines) > MOST_QUESTIONS:
        raise Unclear(
            gettext("At most %(count)d questions: longer surveys are not answered.")
            % {"count": MOST_QUESTIONS}
        )
    return [_parse_line(line) for line in lines]


def _parse_line(line: str) -> tuple[str, str, list[str]]:
    kind, colon, rest = line.partition(":")
    kind = kind.strip().lower()
    text, *options = [part.strip() for part in rest.split("|")]
    if not colon or kind not in ("scale", "choice", "text"):
        _refuse(_("“%(line)s” does not begin with scale:, choice: or text:."), line)
    if not text or len(text) > MOST_LETTERS:
        _refuse(_("“%(line)s” has no question, or a very long one."), line)
    if kind == "choice" and not 2 <= len(options) <= MOST_OPTIONS:
        _refuse(_("“%(line)s” needs two to eight choices, each after a bar |."), line)
    if kind != "choice" and options:
        _refuse(_("“%(line)s” has choices: only a choice: has them."), line)
    if any(not option for option in options):
        _refuse(_("“%(line)s” has an empty choice."), line)
    return kind, text, options


def _refuse(text: str | Promise, line: str) -> None:
    raise Unclear(str(text) % {"line": line[:60]})


def _refuse_differing(first: Rows, rows: Rows, language: str) -> None:
    """Each language must ask the same, in the same order."""
    if [(row[0], len(row[2])) for row in rows] != [
        (row[0], len(row[2])) for row in first
    ]:
        raise Unclear(
            gettext(
                "%(language)s asks other questions than the first language: the same "
                "kinds in the same order, with as many choices."
            )
            % {"language": language}
        )


def _key(place: int, kind: str, before: list[Question]) -> str:
    if place < len(before) and before[place]["kind"] == kind:
        return str(before[place]["key"])
    return f"q{place + 1}-{kind}"


def _name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
