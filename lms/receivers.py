"""What happens when Django or Wagtail say that something happened: their events."""

import sqlite3

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.signals import page_published

from courses.models import CourseIndexPage, CoursePage, QuizPage

from .actions.timing import retime
from .last_administrator import administrators, check_one_stays, keeps_right
from .models import Person
from .roles import ADMINISTRATORS, ensure_roles, forget_groups, open_new_page
from .search_keys import fold_people


@receiver(connection_created)
def write_many_rows_at_once(connection, **kwargs):
    """Django 5.2 cuts what it writes by a limit SQLite had until 2020; 6.0 asks it."""
    if connection.vendor == "sqlite":
        most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = most


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


@receiver(pre_save, sender=get_user_model())
def keep_the_last_right(instance, raw=False, update_fields=None, **kwargs):
    """EN-16: no door, ours or another's, closes or demotes the last administrator."""
    matters = update_fields is None or {"is_active", "is_superuser"} & set(
        update_fields
    )
    if instance.pk and matters and not raw and not keeps_right(instance):
        check_one_stays([instance.pk])


@receiver(pre_delete, sender=get_user_model())
def keep_the_last_account(instance, **kwargs):
    check_one_stays([instance.pk])


@receiver(pre_delete, sender=Group)
def keep_the_last_group(instance, **kwargs):
    if instance.name == ADMINISTRATORS:
        members = administrators().filter(is_superuser=False)
        check_one_stays(members.values_list("pk", flat=True))


@receiver(m2m_changed, sender=get_user_model().groups.through)
def keep_the_last_member(instance, action, reverse, pk_set, **kwargs):
    if action not in ("pre_remove", "pre_clear"):
        return
    members = administrators().filter(is_superuser=False)
    if reverse and instance.name == ADMINISTRATORS:
        leaving = members.filter(pk__in=pk_set) if pk_set is not None else members
    elif not reverse and _leaves_administrators(pk_set):
        leaving = members.filter(pk=instance.pk)
    else:
        return
    check_one_stays(leaving.values_list("pk", flat=True))


def _leaves_administrators(pk_set) -> bool:
    mine = Group.objects.filter(name=ADMINISTRATORS)
    return pk_set is None or mine.filter(pk__in=pk_set).exists()


@receiver(post_save, sender=CourseIndexPage)
@receiver(post_save, sender=CoursePage)
def let_authors_in(instance, created, raw=False, **kwargs):
    """A new index or a new translation belongs to those who write the others."""
    if created and not raw:
        open_new_page(instance)


@receiver(page_published, sender=QuizPage)
def follow_the_limit(instance, **kwargs):
    """QZ-09: another time limit holds for who is answering just now."""
    retime(instance.translation_key)


@receiver(user_logged_out)
def remember_who_left(request, user, **kwargs):
    """What their device keeps of a register is locked with the answer."""
    if request is not None and user is not None:
        request.has_signed_out = user
