from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self):
        """Tell `lms`, which knows no certificates, where they belong."""
        from lms import (  # noqa: PLC0415 - need the models
            earned,
            panels,
            prerequisites,
            scoping,
            tasks,
        )
        from lms.actions import erasure  # noqa: PLC0415
        from lms.reports import dataset, funnel  # noqa: PLC0415

        # The checks register themselves.
        # So do what certificates add to the histories of people and cohorts.
        from . import checks, letters, personal, policies, timelines  # noqa: F401, PLC0415
        from .actions.erasing import end_for  # noqa: PLC0415
        from .actions.expiring import tell_who_expires  # noqa: PLC0415
        from .earned import links  # noqa: PLC0415
        from .models import Certificate  # noqa: PLC0415
        from .panels import READY  # noqa: PLC0415
        from .proofs import proofs  # noqa: PLC0415
        from .reports import CERTIFIED, REPORT  # noqa: PLC0415

        scoping.register(Certificate, "enrolment__cohort")
        policies.register()
        panels.register_panel(READY)
        earned.register(links)
        prerequisites.register(proofs)
        letters.register_all()
        funnel.add_step(CERTIFIED)
        dataset.register(REPORT)
        tasks.register_night_job(tell_who_expires)
        erasure.register_step(end_for)
