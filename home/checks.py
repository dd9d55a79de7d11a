"""Is the site set up to be opened? Asked by `manage.py check`."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security)
def staff_door(app_configs, **kwargs):
    """USTOD_STAFF_MFA is yes or no, and the middleware that asks is there."""
    if not isinstance(settings.USTOD_STAFF_MFA, bool):
        return [
            Error(
                "USTOD_STAFF_MFA is neither true nor false.",
                hint="Write true to ask staff for a second step when they sign in.",
                id="home.E001",
            )
        ]
    if "home.middleware.StaffDoor" not in settings.MIDDLEWARE:
        return [
            Error(
                "Staff could enter the admin by the password alone.",
                hint="Add home.middleware.StaffDoor to MIDDLEWARE, "
                "after allauth.account.middleware.AccountMiddleware.",
                id="home.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def staff_have_a_second_step(app_configs, **kwargs):
    if settings.USTOD_STAFF_MFA:
        return []
    return [
        Warning(
            "Staff sign in by the password alone.",
            hint="Set USTOD_STAFF_MFA to true: they see people's personal data.",
            id="home.W001",
        )
    ]


@register(deploy=True)
def texts_reach_nobody(app_configs, **kwargs):
    if not settings.USTOD_SMS_STAND_IN:
        return []
    return [
        Warning(
            "Texts to phones are written into a folder and sent to nobody.",
            hint="Leave USTOD_SMS_STAND_IN empty: then letters are printed.",
            id="home.W002",
        )
    ]
