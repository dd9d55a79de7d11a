"""Lists of what is for one course, or for all of them."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from lms.titles import course_titles
from lms.viewsets.scoped import ScopedIndexView


class ByCourseIndexView(ScopedIndexView):
    """Which course it is stands second."""

    @cached_property
    def titles(self):
        return course_titles()

    @cached_property
    def columns(self):
        course = Column("course", label=_("Course"), accessor=self._course)
        first, *others = super().columns
        return [first, course, *others]

    def _course(self, row) -> str:
        if row.course_key is None:
            return str(_("All courses"))
        return self.titles.get(row.course_key, "–")
