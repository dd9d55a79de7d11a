from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    verbose_name = _("Training")

    def ready(self):
        from . import policies, receivers  # noqa: PLC0415 - need the models

        policies.register()
        post_migrate.connect(receivers.give_roles, dispatch_uid="lms.give_roles")
