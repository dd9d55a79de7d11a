"""Events have pages of the site; the menu of the admin leads to them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from lms.events import may_record


class EventsMenuItem(MenuItem):
    """Shown to whoever may open the list it leads to."""

    def __init__(self):
        url = reverse_lazy("lms:events")
        super().__init__(_("Events"), url, name="events", icon_name="site", order=90)

    def is_shown(self, request):
        return may_record(request.user)
