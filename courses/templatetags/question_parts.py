"""What the templates of questions need of records."""

from django import template

from courses.question_pictures import picture_of

register = template.Library()
register.simple_tag(picture_of)
