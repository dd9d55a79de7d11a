"""What happens when Django or Wagtail say that something happened: their events."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connections
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from .roles import ROLE_GROUPS, ensure_roles, forget_groups, is_in


def give_roles(app_config, using, **kwargs):
    """After the last app's migrations, when every permission exists."""
    with_models = [c for c in apps.get_app_configs() if c.models_module is not None]
    if app_config.name != with_models[-1].name or using != "default":
        return
    tables = set(connections[using].introspection.table_names())
    needed = {Group, GroupPagePermission, GroupCollectionPermission}
    if {model._meta.db_table for model in needed} <= tables:
        ensure_roles()


@receiver(m2m_changed, sender=get_user_model().groups.through)
def keep_staff_flag(instance, action, reverse, pk_set, **kwargs):
    """An account in a role's group is staff: the site shows it the way to the admin."""
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    User = get_user_model()
    users = User.objects.filter(pk__in=pk_set or []) if reverse else [instance]
    for user in users:
        forget_groups(user)
        is_staff = user.is_superuser or is_in(user, ROLE_GROUPS)
        if user.is_staff != is_staff:
            User.objects.filter(pk=user.pk).update(is_staff=is_staff)
            user.is_staff = is_staff
