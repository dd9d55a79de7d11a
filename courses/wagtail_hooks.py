"""What `courses` adds to Wagtail; nothing is decided here."""

from wagtail import hooks

from . import log_actions, receivers
from .views import media

hooks.register("register_log_actions", log_actions.register)
hooks.register("after_copy_page", receivers.freeze_outline_of_copy)
hooks.register("before_serve_document", media.refuse_document)
