from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LmsConfig(AppConfig):
    name = "lms"
    # Whatever the site around it says: the migrations were written with it.
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Training")

    def ready(self):
        from courses import coming, gates, records  # noqa: PLC0415 - need the models

        from . import (  # noqa: PLC0415
            access,
            attendance_panels,  # noqa: F401 - registers panels
            dealt,
            exam_session,
            marking_panels,  # noqa: F401 - registers panels
            matrix_files,  # noqa: F401 - registers a file
            policies,
            receivers,
            starts,
        )
        from .actions import people_files  # noqa: F401, PLC0415 - registers a file
        from .letters import training  # noqa: PLC0415
        from .personal import (  # noqa: PLC0415 - declare
            attendance,  # noqa: F401
            learning,  # noqa: F401
            platform,  # noqa: F401
            sessions,  # noqa: F401
        )
        from .reports import catalogue  # noqa: F401, PLC0415 - registers the reports

        policies.register()
        gates.register(access.can_study)
        gates.register_asked(exam_session.is_asked)
        gates.register_shut(exam_session.sees_nothing_else)
        gates.register_facilitators(access.reads_along)
        records.register(dealt=dealt.is_dealt, sat=dealt.is_sat)
        coming.register(starts.next_starts)
        training.register_all()
        post_migrate.connect(receivers.give_roles, dispatch_uid="lms.give_roles")
        post_migrate.connect(receivers.fold_names, dispatch_uid="lms.fold_names")
