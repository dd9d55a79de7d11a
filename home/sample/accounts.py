"""Accounts: the four ready ones, the programme's staff, and those of participants."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from home.models import User
from lms.actions.people import claim_or_add_person
from lms.models import Person
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS

READY = ("administrator", "trainer", "participant", "observer")

# User name, given name, family name.
STAFF = [
    ("administrator", "Зебунисо", "Каримова"),
    ("trainer", "Далер", "Ҳакимзода"),
    ("observer", "Anna", "Lindholm"),
    ("m.sharipova", "Мавҷуда", "Шарипова"),
    ("f.odinaev", "Фаридун", "Одинаев"),
    ("n.juraeva", "Нигора", "Ҷӯраева"),
    ("z.nazarova", "Зулфия", "Назарова"),
    ("b.mirzoev", "Бахтиёр", "Мирзоев"),
]
# What they hold before any cohort gives them a role.
GROUPS = {
    "administrator": ADMINISTRATORS,
    "trainer": TRAINERS,
    "observer": OBSERVERS,
}


@transaction.atomic
def load_staff() -> dict[str, User]:
    """The staff by user name; an account that exists is not touched."""
    staff = {}
    for username, given, family in STAFF:
        user = User.objects.filter(username=username).first()
        if user is None:
            user = make_account(username, f"{username}@example.org")
            user.first_name, user.last_name = given, family
            user.save(update_fields=["first_name", "last_name"])
            if username in GROUPS:
                user.groups.add(Group.objects.get(name=GROUPS[username]))
        staff[username] = user
    return staff


def make_account(username: str, email: str) -> User:
    """An account with a confirmed address that nobody can sign in to yet."""
    user = User.objects.create_user(username, email, password=None)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@transaction.atomic
def open_account(person: Person) -> User:
    """The person's account; made and connected when there is none."""
    if person.user:
        return person.user
    user = make_account(person.email.partition("@")[0], person.email)
    claim_or_add_person(user, email=person.email)
    person.user = user
    return user
