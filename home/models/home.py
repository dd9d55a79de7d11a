from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class HomePage(Page):
    """The front page of one language."""

    promise = models.CharField(
        _("what this is, in one sentence"), max_length=240, blank=True
    )

    content_panels = [*Page.content_panels, "promise"]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CourseIndexPage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
