"""Where in the whole database a text still stands: what a test of erasing asks."""

import json

from django.db import models

from lms.personal.walk import every_model


def traces(*words: str) -> list[str]:
    """ "app.Model.field" of every value that holds one of the words."""
    return sorted(
        {
            f"{model._meta.label}.{field.name}"
            for model in every_model()
            for field in model._meta.local_concrete_fields
            if not field.is_relation and _may_hold_words(field)
            for value in model._base_manager.values_list(field.attname, flat=True)
            if _holds(value, words)
        }
    )


def _may_hold_words(field: models.Field) -> bool:
    return isinstance(
        field, models.CharField | models.TextField | models.JSONField | models.FileField
    )


def _holds(value, words: tuple[str, ...]) -> bool:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    plain = json.dumps(value, default=str, ensure_ascii=False)
    return any(word in text or word in plain for word in words)
