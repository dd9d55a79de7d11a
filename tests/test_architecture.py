"""The shape of the product: which way it points, and how big its pieces are."""

import ast
import re
import statistics
from pathlib import Path

import pytest
from django.apps import apps
from django.template.engine import Engine
from wagtail.models import get_page_models

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ["courses", "lms", "certificates", "home"]
SOURCES = [
    path
    for app in LAYERS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
MOST_LINES = 400
MOST_LINES_A_FUNCTION = 50
NAMELESS = {"utils", "common", "helpers", "services", "mixins", "misc"}


def level(app_label: str) -> int:
    """0 at the bottom; other people's apps lie below ours."""
    return LAYERS.index(app_label) if app_label in LAYERS else -1


def functions(path: Path) -> list[tuple[str, int]]:
    """(name, lines) of every function, its docstring and decorators not counted."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno - body[0].lineno + 1) if body else 0
            found.append((f"{path.relative_to(ROOT)}:{node.name}", lines))
    return found


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and level(field.related_model._meta.app_label) > level(model._meta.app_label)
        and level(model._meta.app_label) >= 0
        # Wagtail's and Django's own settings name the page and user models.
        and field.related_model._meta.label != "home.User"
    ]

    assert upwards == []


def test_page_types_name_only_those_below_or_beside_them():
    upwards = [
        f"{model._meta.label}: {name}"
        for model in get_page_models()
        if level(model._meta.app_label) >= 0
        for attribute in ("subpage_types", "parent_page_types")
        for name in vars(model).get(attribute) or []
        if level(str(name).split(".")[0]) > level(model._meta.app_label)
    ]

    assert upwards == []


def test_templates_load_tags_only_from_below():
    libraries = Engine.get_default().libraries
    upwards = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        app = path.relative_to(ROOT / "templates").parts[0]
        if app not in LAYERS:
            continue
        for tags in re.findall(
            r"{% load ([\w ]+?)(?: from [\w.]+)? %}", path.read_text()
        ):
            upwards += [
                f"{path.relative_to(ROOT)}: {name}"
                for name in tags.split()
                if level(libraries.get(name, "").split(".")[0]) > level(app)
            ]

    assert upwards == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_fits_into_one_head(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES
    assert [f for f in functions(path) if f[1] > MOST_LINES_A_FUNCTION] == []
    assert path.stem not in NAMELESS


def test_functions_are_short():
    lengths = [lines for path in SOURCES for _name, lines in functions(path)]

    assert statistics.median(lengths) <= 8
    assert statistics.quantiles(lengths, n=10)[-1] <= 25


def test_no_string_to_translate_hides_in_another():
    """xgettext does not look into f-strings: nobody would translate it."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and (call.func.id == "_" or call.func.id.endswith("gettext"))
    ]

    assert hidden == []


def test_nothing_visible_is_written_inline_in_a_page():
    """The content security policy refuses inline style and script."""
    inline = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if re.search(
            r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", path.read_text()
        )
        and "certificates/print" not in str(path)
    ]

    assert inline == []
