"""For somebody of the staff who has lost the phone and the recovery codes."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from wagtail.log_actions import log

from home.models import User


class Command(BaseCommand):
    help = "Takes app, passkeys and recovery codes off an account."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"No account has the user name {username}.")
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if not removed:
            self.stdout.write(f"{username} has no second step; nothing has changed.")
            return
        log(user, "home.remove_second_step")
        self.stdout.write(f"The second step of {username} is off.")
