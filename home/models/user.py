from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account. Who a participant is stands in `lms.Person`."""
