"""The signing keys, to read: they are changed on the server and never in a browser."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column

from certificates.issuer_day import day_of
from certificates.keys_now import certificate_of, keys_now, signed_by
from certificates.models import SigningKey
from lms.timelines.sources import entries_about
from lms.timelines.telling import Timeline
from lms.viewsets.scoped import ScopedIndexView, ScopedInspectView, ScopedViewSet


class WhatIsNow:
    """What the settings hold is asked once for a page."""

    @cached_property
    def now(self):
        return keys_now()

    @cached_property
    def signed(self):
        return signed_by()

    def state(self, key: SigningKey) -> str:
        if key.compromised_at:
            return _("Not trusted from %(day)s") % {"day": _day(key.compromised_at)}
        if key.retired_at:
            return _("Retired on %(day)s") % {"day": _day(key.retired_at)}
        is_now = key.fingerprint in {one.fingerprint for one in self.now}
        return _("Signs now") if is_now else _("Not used now")

    def number(self, key: SigningKey) -> int:
        return self.signed[key.public]


class KeyListView(WhatIsNow, ScopedIndexView):
    template_name = "certificates/admin/keys.html"

    @cached_property
    def columns(self):
        return [
            *super().columns,
            Column("state", label=_("State"), accessor=self.state),
            Column("number", label=_("Certificates"), accessor=self.number),
        ]

    def get_list_more_buttons(self, instance):
        return []


class KeyPageView(WhatIsNow, ScopedInspectView):
    """Its public half, what it signed, and who took it out of use and why."""

    template_name = "certificates/admin/key.html"

    def get_page_title(self):
        return str(self.object)

    def get_context_data(self, **kwargs):
        key, zone = self.object, timezone.get_current_timezone()
        told = [entries_about(SigningKey.objects.filter(pk=key.pk))]
        story = Timeline(told, zone, key, self.request.user)
        return super().get_context_data(**kwargs) | {
            "state": self.state(key),
            "number": self.number(key),
            "x509": certificate_of(key),
            "lines": story.page(1).object_list,
        }


def _day(at: datetime) -> str:
    return date_format(day_of(at), "DATE_FORMAT")


class SigningKeyViewSet(ScopedViewSet):
    """Administrators only."""

    model = SigningKey
    name = "certificate_keys"
    url_prefix = "training/signing-keys"
    icon = "key"
    doors = {"index", "index_results", "inspect"}
    inspect_view_enabled = True
    index_view_class = KeyListView
    inspect_view_class = KeyPageView
    list_display = ["__str__", "first_used_at"]
    list_export = [
        "use",
        "fingerprint",
        "is_development",
        "first_used_at",
        "retired_at",
        "compromised_at",
    ]
