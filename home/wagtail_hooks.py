"""What the ready site adds to Wagtail; nothing is decided here."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def name_the_steps(actions):
    actions.register_action(
        "home.remove_second_step",
        _("Remove the second step"),
        _("Took the second step and the passkeys off an account"),
    )
    actions.register_action(
        "home.remove_passkey", _("Remove a passkey"), _("Removed a passkey")
    )
