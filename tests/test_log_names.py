"""Every step that is logged has its words, and all words stand for a step."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.functional import Promise
from wagtail.log_actions import registry

from lms.timelines import filling, words

ROOT = Path(__file__).resolve().parents[1]
APPS = ["courses", "lms", "certificates", "home"]
NAME = re.compile(rf"({'|'.join(APPS)})\.[a-z_]+")
# Where words are, and steps are not taken.
WORDS = {"log_actions.py", "wagtail_hooks.py", "words.py", "timelines.py", "apps.py"}


def trees():
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts and path.name not in WORDS:
                yield ast.parse(path.read_text())


def names_in(node) -> set[str]:
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}


def given_to_a_log(node: ast.Call) -> list:
    """The arguments that say what was done: log(row, this) or verb(action=this)."""
    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
    named = [one.value for one in node.keywords if one.arg == "action"]
    return [*node.args[1:2], *named] if called in ("log", "_log") else named


def logged() -> set[str]:
    return {
        name
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in given_to_a_log(node)
        for name in names_in(argument)
    }


def written() -> set[str]:
    return {name for tree in trees() for name in names_in(tree)}


def registered() -> set[str]:
    return {name for name, _label in registry.get_choices() if NAME.fullmatch(name)}


def test_the_reading_finds_steps_in_every_way_they_are_written():
    """By their name, as a keyword of a shared verb, and chosen between two."""
    found = {"lms.withdraw", "lms.enrol", "lms.replace_nominee", "lms.submit"}

    assert found <= logged()


def test_every_step_that_is_logged_has_its_words():
    assert logged() - registered() == set()


def test_all_words_stand_for_a_step():
    assert registered() - written() == set()


def test_every_step_is_told_in_a_sentence_and_no_sentence_is_idle():
    assert set(words.known()) == registered()


@pytest.mark.parametrize("action", sorted(words.known()))
def test_a_sentence_is_translated_and_all_its_places_are_filled(action):
    text = words.known()[action].text

    assert isinstance(text, Promise)
    assert filling.names_in(str(text)) <= set(filling.known())
    assert str(text).replace("%(", "").count("%") == 0
    assert str(text).endswith(".")
