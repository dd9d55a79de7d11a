"""`{% front_page as it %}`: what the home page shows."""

from django import template

from home.front import front

register = template.Library()


@register.simple_tag(takes_context=True)
def front_page(context) -> dict:
    return front(context["page"], context["request"])
