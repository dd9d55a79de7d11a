from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    # Whatever the site around it says: the migrations were written with it.
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Certificates")

    def ready(self):
        """Tell `lms`, which knows no certificates, where they belong."""
        from lms import (  # noqa: PLC0415 - need the models
            corrected,
            earned,
            panels,
            prerequisites,
        )
        from lms.actions import erasure  # noqa: PLC0415
        from lms.reports import dataset, funnel  # noqa: PLC0415

        # The checks register themselves.
        # So do what certificates add to the histories of people and cohorts.
        from . import (  # noqa: PLC0415
            checks,  # noqa: F401
            clockwork,
            letters,
            owners,
            personal,  # noqa: F401
            policies,
            timelines,  # noqa: F401
        )
        from .actions import bundles  # noqa: F401, PLC0415 - registers its files
        from .actions.erasing import end_for  # noqa: PLC0415
        from .earned import links  # noqa: PLC0415
        from .panels import PANELS, VOTES  # noqa: PLC0415
        from .proofs import proofs  # noqa: PLC0415
        from .reports import CERTIFIED, REPORT  # noqa: PLC0415
        from .viewsets.corrected import way_on  # noqa: PLC0415

        owners.register()
        policies.register()
        for panel in PANELS:
            panels.register_panel(panel)
        panels.register_own_panel(VOTES)
        corrected.register(way_on)
        earned.register(links)
        prerequisites.register(proofs)
        letters.register_all()
        funnel.add_step(CERTIFIED)
        dataset.register(REPORT)
        clockwork.register()
        erasure.register_step(end_for)
