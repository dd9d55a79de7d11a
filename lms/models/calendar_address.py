import secrets

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from .cohort import Cohort


def make_salt() -> str:
    return secrets.token_hex(16)


class CalendarAddressQuerySet(models.QuerySet):
    def by_token(self, token: str) -> "CalendarAddress | None":
        """Whose address this is; None for one that is made up or was replaced."""
        key = token.partition("-")[0]
        if not (key.isascii() and key.isdigit() and len(key) < 18):
            return None
        row = self.select_related("user", "cohort").filter(pk=int(key)).first()
        is_right = row is not None and constant_time_compare(row.token, token)
        return row if is_right else None


class CalendarAddress(models.Model):
    """The secret address at which somebody's calendar program reads sessions.

    Their own, or those of a cohort they teach. The table alone opens nothing: the
    address follows from the salt and the server's key. A new salt ends the old address.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_addresses",
    )
    cohort = models.ForeignKey(
        Cohort, null=True, on_delete=models.CASCADE, related_name="calendar_addresses"
    )
    salt = models.CharField(max_length=32, default=make_salt, editable=False)
    made_at = models.DateTimeField(_("made at"))

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(cohort=None),
                name="one_calendar_address_per_person",
            ),
            models.UniqueConstraint(
                fields=["user", "cohort"],
                name="one_calendar_address_per_person_and_cohort",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.pk})"

    @property
    def token(self) -> str:
        digest = salted_hmac(
            "lms.calendar", f"{self.pk} {self.salt}", algorithm="sha256"
        )
        return f"{self.pk}-{digest.hexdigest()[:40]}"
