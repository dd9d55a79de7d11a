"""What `lms` adds to Wagtail; nothing is decided here."""

from wagtail import hooks

from . import log_actions

hooks.register("register_log_actions", log_actions.register)
