"""What `courses` adds to Wagtail; nothing is decided here."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import log_actions, menus, receivers
from .views import bank, media, quiz_versions
from .viewsets.bank import QuestionBankGroup
from .viewsets.exchange import QuestionExchangeViewSet, QuestionStepsViewSet

hooks.register("register_log_actions", log_actions.register)
hooks.register("after_copy_page", receivers.freeze_outline_of_copy)
hooks.register("before_serve_document", media.serve_document)
hooks.register("before_delete_snippet", bank.refuse_deletion)
hooks.register("after_publish_page", quiz_versions.say_what_is_stale)

register_snippet(QuestionBankGroup)
hooks.register("register_admin_viewset", QuestionExchangeViewSet)
hooks.register("register_admin_viewset", QuestionStepsViewSet)
hooks.register("register_admin_urls", menus.admin_urls)
hooks.register("register_admin_menu_item", menus.menu_item)
hooks.register("register_admin_menu_item", menus.quiz_menu_item)
hooks.register("register_reports_menu_item", menus.to_review_menu_item)
hooks.register("register_page_header_buttons", menus.module_buttons)
hooks.register("register_page_header_buttons", menus.quiz_buttons)
