"""The questions a lesson asks for the reader's own sake."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Option:
    id: str
    text: str
    is_right: bool
    feedback: str


@dataclass
class SelfCheck:
    """`id` is the block's; an option's id is its own in the block's list."""

    id: str
    question: str
    options: list[Option]

    @property
    def takes_several(self) -> bool:
        return sum(option.is_right for option in self.options) > 1

    def is_right(self, chosen: Iterable[str]) -> bool:
        return set(chosen) == {o.id for o in self.options if o.is_right}


def check_of_block(block) -> SelfCheck:
    options = [
        Option(
            id=str(choice.id),
            text=choice.value["text"],
            is_right=bool(choice.value["correct"]),
            feedback=choice.value["feedback"] or "",
        )
        for choice in block.value["choices"].bound_blocks
    ]
    return SelfCheck(str(block.id), block.value["question"], options)


def check_of(lesson, block_id: str) -> SelfCheck | None:
    """The lesson's self-check of this id, if it has such a one."""
    for block in lesson.body:
        if block.block_type == "self_check" and str(block.id) == block_id:
            return check_of_block(block)
    return None
