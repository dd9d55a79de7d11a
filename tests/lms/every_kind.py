"""One question of each kind. Whatever nobody may know before release holds SECRET."""

from decimal import Decimal

from courses.models import Question
from tests.courses.kinds.authored import listed, parts
from tests.courses.test_media import make_image
from tests.factories import make_question

SECRET = "zq7hidden"
NUMBER = Decimal("770077.125")
PLACE = {"left": 10, "top": 10, "width": 20, "height": 20}


def choice(text: str, *, is_correct: bool) -> tuple[str, dict]:
    feedback = f"{SECRET} feedback on {text}"
    value = {"text": text, "is_correct": is_correct, "feedback": feedback}
    return "choice", value


def choices(*rights: bool) -> list[tuple[str, dict]]:
    return [choice(f"Choice {n}", is_correct=one) for n, one in enumerate(rights)]


def items(*texts: str) -> list[dict]:
    """Choices inside a part, the first one right."""
    return [
        {"type": "item", "value": {"text": text, "is_correct": not n}, "id": text}
        for n, text in enumerate(texts)
    ]


def levels() -> list[dict]:
    level = {"points": "100", "words": f"{SECRET} level"}
    return [{"type": "item", "value": level, "id": "level"}]


def fields_of() -> dict[str, dict]:
    """By kind, what makes a question of it."""
    picture = {"image": make_image(f"{SECRET}-door.png").pk, "alt": "A room"}
    accepted = {"accepted": listed(f"{SECRET} gap"), "others": []}
    chosen = {"accepted": listed("was made"), "others": listed("was willing")}
    asked = {"question": "Is there an act?", "choices": items("Yes", "No")}
    return {
        "single": {"choices": choices(True, False, False)},
        "multiple": {"choices": choices(True, True, False)},
        "true_false": {"is_true": True},
        "numeric": {"number": NUMBER},
        "short_answer": {"accepted": [("answer", f"{SECRET} wording")]},
        "matching": {
            "parts": parts(
                ("pair", {"left": "Recruitment", "right": "act"}, "a"),
                ("pair", {"left": "Deception", "right": "means"}, "b"),
                ("distractor", "purpose", "c"),
            )
        },
        "ordering": {
            "parts": parts(("step", "Ask"), ("step", "Listen"), ("step", "Write"))
        },
        "fill_gaps": {
            "parts": parts(
                ("text", "Who"),
                ("gap", chosen, "listed"),
                ("text", "to work under"),
                ("gap", accepted, "typed"),
            )
        },
        "open_answer": {
            "parts": parts(
                ("criterion", {"name": f"{SECRET} criterion", "levels": levels()}, "o")
            )
        },
        "case_set": {
            "parts": parts(("case", "Zebo is promised work."), ("asked", asked, "i"))
        },
        "hotspot": {
            "parts": parts(
                ("picture", picture, "p"),
                ("region", PLACE | {"label": "Door", "is_correct": True}, "d"),
                ("region", PLACE | {"label": "Window", "is_correct": False}, "w"),
            )
        },
        "scale": {
            "parts": parts(("scale", {"low": "no", "high": "yes", "steps": 5}, "s"))
        },
    }


def every_question() -> list[Question]:
    return [
        make_question(
            kind=kind,
            stem=f"<p>About {kind}?</p>",
            name=f"{SECRET} name",
            explanation=f"{SECRET} explanation",
            **fields,
        )
        for kind, fields in fields_of().items()
    ]
