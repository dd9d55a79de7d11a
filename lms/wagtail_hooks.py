"""What `lms` adds to Wagtail; nothing is decided here."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from . import log_actions
from .panels import TrainingPanel
from .views.account_guard import refuse_bulk_deletion, refuse_deletion
from .views.previews import preview_button
from .views.reports import YearPanel
from .views.study import put_study_on_request
from .viewsets.accounts import keep_account, keep_accounts
from .viewsets.cohorts import CohortViewSet, StaffViewSet
from .viewsets.consents import ConsentTextViewSet
from .viewsets.corrections import CorrectionViewSet
from .viewsets.enrolments import EnrolmentViewSet
from .viewsets.erasing import ErasureViewSet
from .viewsets.events import EventsMenuItem
from .viewsets.invitations import InvitationViewSet, NominationViewSet
from .viewsets.keeping import KeepingViewSet
from .viewsets.letter_texts import LetterTextViewSet
from .viewsets.messages import CohortLetterViewSet, MessageViewSet
from .viewsets.people import (
    DonorViewSet,
    OrganisationViewSet,
    PersonViewSet,
    ProjectViewSet,
)
from .viewsets.reports import ReportsViewSet
from .viewsets.rosters import RosterViewSet
from .viewsets.sessions import SessionViewSet
from .viewsets.status_sets import StatusSetViewSet
from .viewsets.surveys import SurveyTemplateViewSet

hooks.register("register_log_actions", log_actions.register)


class TrainingGroup(ViewSetGroup):
    menu_label = _("Training")
    menu_icon = "group"
    menu_order = 150
    submenu_hook = "register_training_menu_item"
    items = (
        CohortViewSet(),
        SessionViewSet(),
        EnrolmentViewSet(),
        PersonViewSet(),
        CorrectionViewSet(),
        ConsentTextViewSet(),
        ErasureViewSet(),
        KeepingViewSet(),
        OrganisationViewSet(),
        DonorViewSet(),
        CohortLetterViewSet(),
        MessageViewSet(),
        ProjectViewSet(),
        SurveyTemplateViewSet(),
        StatusSetViewSet(),
    )


hooks.register("register_training_menu_item", fn=EventsMenuItem)


@hooks.register("register_admin_viewset")
def register_training():
    return [
        TrainingGroup(),
        StaffViewSet(),
        InvitationViewSet(),
        NominationViewSet(),
        LetterTextViewSet(),
        ReportsViewSet(),
        RosterViewSet(),
    ]


@hooks.register("construct_homepage_panels")
def show_training(request, panels):
    panels[:0] = [TrainingPanel(), YearPanel()]


@hooks.register("insert_global_admin_css")
def style_training():
    return format_html(
        '<link rel="stylesheet" href="{}">', static("css/admin-training.css")
    )


hooks.register("before_serve_page", put_study_on_request)
hooks.register("register_page_header_buttons", preview_button)
hooks.register("before_delete_user", keep_account)
hooks.register("before_bulk_action", keep_accounts)
hooks.register("before_delete_user", refuse_deletion)
hooks.register("before_bulk_action", refuse_bulk_deletion)
