"""How the people of a cohort may mark themselves."""

from django.db import transaction
from wagtail.log_actions import log

from lms.models import CheckInRules, Cohort

from .changes import changes


@transaction.atomic
def set_check_in_rules(cohort: Cohort, *, by, **fields) -> CheckInRules:
    """Set them; what is as it was writes nothing. Marks made so far stay."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    rules = CheckInRules.of(cohort)
    changed = changes(rules, fields)
    if not changed:
        return rules
    for name in changed:
        setattr(rules, name, fields[name])
    rules.save()
    log(cohort, "lms.check_in_rules", user=by, data={"changed": list(changed)})
    return rules
