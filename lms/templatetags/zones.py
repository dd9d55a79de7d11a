"""`{{ cohort.timezone|city }}` is Душанбе in Russian."""

from django import template

from lms.zones import city

register = template.Library()
register.filter("city", city)
