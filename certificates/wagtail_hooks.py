"""What `certificates` adds to Wagtail; nothing is decided here."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from . import log_actions
from .viewsets.awards import AwardRuleViewSet
from .viewsets.certificates import CertificateViewSet
from .viewsets.keys import SigningKeyViewSet
from .viewsets.numbers import NumberViewSet
from .viewsets.signatories import SignatoryViewSet
from .viewsets.templates import TemplateViewSet

hooks.register("register_log_actions", log_actions.register)


class CertificatesGroup(ViewSetGroup):
    menu_label = _("Certificates")
    menu_icon = "success"
    menu_order = 160
    items = (
        CertificateViewSet(),
        NumberViewSet(),
        TemplateViewSet(),
        AwardRuleViewSet(),
        SignatoryViewSet(),
        SigningKeyViewSet(),
    )


@hooks.register("register_admin_viewset")
def register_certificates():
    return CertificatesGroup()
