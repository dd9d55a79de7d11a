"""EN-16: the last administrator can be neither removed nor demoted, at any door."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from lms import roles
from lms.last_administrator import LastAdministrator, administrators
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    roles.ensure_roles()
    return Group.objects.get(name=roles.ADMINISTRATORS)


@pytest.fixture
def last(group):
    return make_user(groups=[group])


def close(user, group):
    user.is_active = False
    user.save()


DEEDS = {
    "close": close,
    "delete": lambda user, group: user.delete(),
    "delete in bulk": lambda user, group: type(user).objects.all().delete(),
    "leave": lambda user, group: user.groups.remove(group),
    "leave all": lambda user, group: user.groups.clear(),
    "other groups": lambda user, group: user.groups.set([]),
    "empty the group": lambda user, group: group.user_set.clear(),
    "put out of the group": lambda user, group: group.user_set.remove(user),
    "delete the group": lambda user, group: group.delete(),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_takes_the_last_administrator_away(last, group, deed):
    """EN-16: the guard below every door."""
    with pytest.raises(LastAdministrator), transaction.atomic():
        DEEDS[deed](last, group)

    assert administrators().get() == last


@pytest.mark.parametrize("deed", DEEDS)
def test_one_of_two_may_go(last, group, deed):
    """EN-16: it is the last one only who stays."""
    other = make_user(is_superuser=True, is_staff=True)
    if deed == "delete in bulk":
        type(other).objects.filter(pk=last.pk).delete()
    else:
        DEEDS[deed](last, group)

    assert administrators().get() == other


def test_the_last_superuser_stays_one(group):
    """EN-16: whoever is one by flag and not by group, too."""
    root = make_user(is_superuser=True)
    root.is_superuser = False

    with pytest.raises(LastAdministrator):
        root.save()


def test_others_come_and_go(last, group):
    somebody = make_user(groups=[Group.objects.get(name=roles.TRAINERS)])

    somebody.groups.clear()
    close(somebody, group)
    somebody.delete()
    last.first_name = "Nigina"
    last.save()

    assert administrators().get() == last


def form_of(user, **answers):
    about = {
        "username": user.username,
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
    }
    sent = about | answers
    return {name: value for name, value in sent.items() if value is not None}


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"is_active": None}, "is_active"), ({"groups": []}, "groups")],
)
def test_the_form_says_it_beside_the_field(client, group, last, answers, field):
    """EN-16: at Wagtail's own form, tried by somebody who may change accounts."""
    manager = make_user(groups=[Group.objects.create(name="Managers")])
    give(manager.groups.get(), "wagtailadmin.access_admin", "home.change_user")
    client.force_login(manager)

    response = client.post(
        reverse("wagtailusers_users:edit", args=[last.pk]), form_of(last, **answers)
    )

    assert field in response.context["form"].errors
    assert "last administrator" in str(response.context["form"].errors)
    assert administrators().get() == last


def test_the_last_administrator_cannot_leave_their_own_group(client, last):
    """EN-16: editing oneself."""
    client.force_login(last)

    response = client.post(
        reverse("wagtailusers_users:edit", args=[last.pk]), form_of(last, groups=[])
    )

    assert "groups" in response.context["form"].errors


@pytest.mark.parametrize(
    ("action", "answers"),
    [("delete", {}), ("set_active_state", {"mark_as_active": "False"})],
)
def test_many_at_once_do_not_take_the_last_along(client, last, action, answers):
    """EN-16: Wagtail's bulk actions save nobody one by one."""
    manager = make_user(groups=[Group.objects.create(name="Managers")])
    give(
        manager.groups.get(),
        "wagtailadmin.access_admin",
        "home.change_user",
        "home.delete_user",
    )
    client.force_login(manager)
    url = reverse("wagtail_bulk_action", args=["home", "user", action])

    response = client.post(f"{url}?id={last.pk}", answers)

    assert response.status_code == 302
    assert administrators().get() == last


def test_the_page_that_deletes_an_account_says_no(client, last):
    """EN-16: before it asks."""
    manager = make_user(groups=[Group.objects.create(name="Managers")])
    give(
        manager.groups.get(),
        "wagtailadmin.access_admin",
        "home.change_user",
        "home.delete_user",
    )
    client.force_login(manager)

    response = client.post(
        reverse("wagtailusers_users:delete", args=[last.pk]), follow=True
    )

    assert "last administrator" in response.content.decode()
    assert administrators().get() == last


def give(group, *names):
    for permission in roles._permissions(names):
        group.permissions.add(permission)
