from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class HomeConfig(AppConfig):
    default = True
    name = "home"
    verbose_name = _("Site")

    def ready(self):
        from lms import exam_session, viewing_as  # noqa: PLC0415 - needs the models
        from lms.timelines import words  # noqa: PLC0415

        from . import checks, personal, receivers  # noqa: F401, PLC0415 - register

        viewing_as.shut("account_pages:")
        files = ("brand_css", "band", "cover", "favicon", "robots")
        exam_session.open_too(*(f"home:{name}" for name in files))
        words.register(
            words.Kind.PEOPLE,
            {
                "home.remove_second_step": _(
                    "Disconnected an authenticator app: %(thing)s."
                ),
                "home.remove_passkey": _("Removed a passkey: %(thing)s."),
            },
        )


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's list of accounts, with a form that keeps the last administrator."""

    user_viewset = "lms.viewsets.accounts.AccountViewSet"
