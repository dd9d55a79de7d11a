"""The keys that ever signed certificates here, and taking one out of use."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from certificates.actions import keys as verbs
from certificates.models import SigningKey
from lms.actions.refusal import Refused


class Command(BaseCommand):
    help = "Lists the signing keys; --retire or --distrust takes one out of use."

    def add_arguments(self, parser):
        step = parser.add_mutually_exclusive_group()
        step.add_argument("--retire", metavar="FINGERPRINT", default="")
        step.add_argument("--distrust", metavar="FINGERPRINT", default="")
        parser.add_argument("--since", help="From when: 2026-11-26T09:00+05:00.")
        parser.add_argument("--because", default="", help="Why it is not trusted.")
        parser.add_argument("--by", default="", help="The user name kept in the log.")

    def handle(self, *, retire, distrust, since, because, by, **options):
        user = self._user(by)
        try:
            if retire:
                verbs.retire(self._key(retire), by=user)
            elif distrust:
                verbs.distrust(
                    self._key(distrust), by=user, since=self._at(since), reason=because
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for key in SigningKey.objects.all():
            self.stdout.write(_line(key))

    def _user(self, name):
        if not name:
            return None
        try:
            return get_user_model().objects.get_by_natural_key(name)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"Nobody has the user name {name}.") from error

    def _key(self, fingerprint):
        found = SigningKey.objects.filter(fingerprint__startswith=fingerprint)
        if len(found) != 1:
            raise CommandError(f"{len(found)} keys begin with {fingerprint}.")
        return found[0]

    def _at(self, text):
        try:
            at = parse_datetime(text or "")
        except ValueError:
            at = None
        if at is None:
            raise CommandError("Say from when, such as --since 2026-11-26T09:00+05:00.")
        return at if at.tzinfo else at.replace(tzinfo=UTC)


def _line(key: SigningKey) -> str:
    said = [
        ("first used", key.first_used_at),
        ("retired", key.retired_at),
        ("not trusted from", key.compromised_at),
    ]
    parts = [key.use, key.fingerprint, *(_day(*one) for one in said)]
    parts.append("development" if key.is_development else "")
    return "  ".join(part for part in parts if part)


def _day(label: str, at: datetime | None) -> str:
    return f"{label} {at:%Y-%m-%d %H:%M}" if at else ""
