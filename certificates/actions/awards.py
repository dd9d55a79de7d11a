"""Writing the rules by which certificates are given."""

import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import AwardRule
from lms.actions.refusal import Refused

FIELDS = [
    "course_key",
    "kind",
    "is_on",
    "decided_by",
    "approvals",
    "valid_months",
    "renewal",
    "opens_months",
    "least_score",
    "least_attendance",
    "after",
]


class CourseHasRule(Refused):
    """Each course has one rule of each kind at most, and so has "all courses"."""

    field = "course_key"


class RestsOnItself(Refused):
    """Nobody could ever earn it: it is asked for before itself."""

    field = "after"


@transaction.atomic
def save_rule(
    rule: AwardRule | None, *, members: Iterable = (), by, **fields
) -> AwardRule:
    """Write a rule or change it; certificates issued before stay as they are.

    `fields` are those of `FIELDS`. Saying the same again logs nothing.
    """
    rule = rule or AwardRule()
    members = list(members)
    before = _said(rule)
    for name in FIELDS:
        if name in fields:
            setattr(rule, name, fields[name])
    _refuse_circle(rule)
    if before == [*_values(rule), {one.pk for one in members}]:
        return rule
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError as error:
        raise CourseHasRule(_("This course has a rule of this kind.")) from error
    rule.members.set(members)
    log(rule, "certificates.save_rule", user=by)
    return rule


def _said(rule: AwardRule) -> list | None:
    """What it says so far; None for a new one."""
    if rule.pk is None:
        return None
    stored = AwardRule.objects.select_for_update().get(pk=rule.pk)
    return [*_values(stored), set(stored.members.values_list("pk", flat=True))]


def _values(rule: AwardRule) -> list:
    return [getattr(rule, name) for name in FIELDS]


def _refuse_circle(rule: AwardRule) -> None:
    """Follow what is asked for before, and before that, to the end."""
    if rule.course_key is None:
        if rule.after:
            raise RestsOnItself(
                _("Choose a course: not every course can come after these.")
            )
        return
    asked: dict[uuid.UUID, set[uuid.UUID]] = {}
    others = AwardRule.objects.exclude(pk=rule.pk).exclude(course_key=None)
    for key, after in [
        *others.filter(is_on=True).values_list("course_key", "after"),
        (rule.course_key, rule.after),
    ]:
        asked.setdefault(uuid.UUID(str(key)), set()).update(map(uuid.UUID, after))
    start = uuid.UUID(str(rule.course_key))
    found, newest = set(), asked[start]
    while newest:
        found |= newest
        newest = {key for one in newest for key in asked.get(one, ())} - found
    if start in found:
        raise RestsOnItself(_("A course cannot rest on its own certificate."))
