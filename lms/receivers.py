"""What happens when Django or Wagtail say that something happened: their events."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connections
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from courses.models import CourseIndexPage, CoursePage

from .models import Person
from .roles import ensure_roles, forget_groups, open_new_page
from .search_keys import fold_people


def give_roles(app_config, using, **kwargs):
    """After the last app's migrations, when every permission exists."""
    if not _is_last(app_config) or using != "default":
        return
    tables = set(connections[using].introspection.table_names())
    needed = {Group, GroupPagePermission, GroupCollectionPermission}
    if {model._meta.db_table for model in needed} <= tables:
        ensure_roles()


def fold_names(app_config, using, apps, **kwargs):
    """People from before there was a search key get theirs."""
    if app_config.name != "lms" or using != "default":
        return
    known = {model._meta.label: model for model in apps.get_models()}
    person = known.get(Person._meta.label)
    if person and "search_key" in {field.name for field in person._meta.fields}:
        fold_people()


def _is_last(app_config) -> bool:
    with_models = [c for c in apps.get_app_configs() if c.models_module is not None]
    return app_config.name == with_models[-1].name


@receiver(m2m_changed, sender=get_user_model().groups.through)
def read_groups_again(instance, reverse, **kwargs):
    """What an account was known to be in may be true no more."""
    if not reverse:
        forget_groups(instance)


@receiver(post_save, sender=CourseIndexPage)
@receiver(post_save, sender=CoursePage)
def let_authors_in(instance, created, raw=False, **kwargs):
    """A new index or a new translation belongs to those who write the others."""
    if created and not raw:
        open_new_page(instance)
