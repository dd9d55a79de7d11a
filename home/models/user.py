from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account. Who a participant is stands in `lms.Person`."""

    def __str__(self):
        return self.get_full_name() or self.get_username()
