"""What many pages share, written once: `{% icon "check" %}`, `{% kept "name" … %}`."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses import content_version

register = template.Library()

# They point somewhere, so they turn round in right-to-left writing.
TURNING = ("back", "forward", "outline", "undo")
# What is somebody's own is not at hand where everybody's is written.
PERSONAL = dict.fromkeys(("request", "user", "perms", "messages", "csrf_token"))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of the pictures in `img/icons.svg`, for the eye only."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " turns" if name in TURNING else "",
        static("img/icons.svg"),
        name,
    )


@register.tag
def kept(parser, token) -> template.Node:
    """Write what stands inside once for each language and content version.

    After the name stands everything else it differs by, of which there may be only a
    few: it is kept for each. Nobody's own matters belong inside.
    """
    _tag, name, *differs_by = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    words = [parser.compile_filter(word) for word in (name, *differs_by)]
    return KeptNode(nodelist, words)


class KeptNode(template.Node):
    def __init__(self, nodelist, words):
        self.nodelist = nodelist
        self.words = words

    def render(self, context) -> SafeString:
        name = ":".join(str(word.resolve(context)) for word in self.words)
        return content_version.written(name, lambda: self._write(context))

    def _write(self, context) -> SafeString:
        with context.push(**PERSONAL):
            return self.nodelist.render(context)
