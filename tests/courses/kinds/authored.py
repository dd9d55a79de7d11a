"""Questions as authors write them, without a database."""

import json
import uuid
from decimal import Decimal
from random import Random

from courses.kinds import Posed, kind_of, mark, read_answer, written
from courses.models import Question


def part_id(name: str) -> str:
    """The same part has the same id, whatever its language."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def parts(*blocks) -> str:
    """`parts(("step", "First", "one"))`: a block, its value, what its id comes from."""
    return json.dumps(
        [
            {
                "type": name,
                "value": value,
                "id": part_id(str(source[0] if source else value)),
            }
            for name, value, *source in blocks
        ]
    )


def listed(*texts: str) -> list[dict]:
    """A list's items as they are stored."""
    return [{"type": "item", "value": text, "id": part_id(text)} for text in texts]


def make(kind: str, **fields) -> Question:
    return Question(kind=kind, stem="<p>?</p>", **fields)


class Asked:
    """A question frozen in one language, and dealt to one participant."""

    def __init__(self, question: Question, seed: int = 1):
        self.kind = kind_of(question.kind)
        self.key = json.loads(json.dumps(self.kind.key_of(question)))
        self.body = json.loads(json.dumps(self.kind.body_of(question)))
        random = Random(seed)  # noqa: S311
        self.order = self.kind.order(self.key, is_shuffled=True, random=random)

    def posed(self, values=()) -> Posed:
        return Posed(self.key, self.body, self.order, list(values))

    def sheet(self, *values: str):
        return self.kind.asked(self.posed(values))

    def review(self, *values: str, shows_right: bool):
        return self.kind.reviewed(self.posed(values), shows_right=shows_right)

    def read(self, *values: str):
        return read_answer(self.key, list(values))

    def again(self, *values: str):
        """The answer after it was stored, written into the form and read once more."""
        return read_answer(self.key, written(self.key, self.read(*values)))

    def earned(self, *values: str, marks: int = 12) -> Decimal | None:
        accepted = {"en": self.body["accepted"]}
        return mark(self.key, self.read(*values), Decimal(marks), accepted)
