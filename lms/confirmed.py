"""Which e-mail addresses an account has shown to be its own."""

from allauth.account.models import EmailAddress


def confirmed_emails(user) -> list[str]:
    """The main one first."""
    mine = EmailAddress.objects.filter(user=user, verified=True)
    return list(mine.order_by("-primary", "pk").values_list("email", flat=True))


def confirmed_email(user) -> str:
    """The address the user has shown to be theirs, or none."""
    return next(iter(confirmed_emails(user)), "")


def waits_for_confirmation(user) -> bool:
    """Has an address, but not shown that it is theirs.

    An account without any was made by staff for somebody they have met.
    """
    return bool(user.email) and not confirmed_emails(user)
