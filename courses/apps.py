from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    # Whatever the site around it says: the migrations were written with it.
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Courses")

    def ready(self):
        from . import receivers  # noqa: F401, PLC0415 - registers receivers
