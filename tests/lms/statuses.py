"""A set of statuses as a centre makes it for days outside."""

from decimal import Decimal

from lms.actions.status_sets import Row

FIELD_WORK = [
    Row(
        "whole_day",
        Decimal(1),
        {"en": "Whole day", "ru": "Весь день", "tg": "Тамоми рӯз"},
        until_minutes=15,
    ),
    Row("half_day", Decimal("0.5"), {"en": "Half a day", "ru": "Полдня"}),
    Row("released", Decimal(0), {"en": "Released"}, counts=False),
    Row("away", Decimal(0), {"en": "Away", "ru": "Не был"}),
    Row("most", Decimal("0.75"), {"en": "Most of the day"}),
]
