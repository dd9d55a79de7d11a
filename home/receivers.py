"""What follows from events that are Wagtail's and Django's."""

from allauth.account.signals import email_confirmed
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from courses import content_version
from lms.actions.people import claim_by_email

from .models import SiteSettings, User


@receiver(post_save, sender=SiteSettings)
def forget_the_frame(sender, **kwargs):
    content_version.bump()


@receiver(m2m_changed, sender=User.groups.through)
def staff_are_those_who_may_open_the_admin(sender, instance, action, reverse, **kwargs):
    """`is_staff` spares every page the question which permissions somebody has."""
    if reverse or not action.startswith("post_"):
        return
    is_staff = (
        instance.is_superuser
        or instance.groups.filter(
            permissions__content_type__app_label="wagtailadmin",
            permissions__codename="access_admin",
        ).exists()
    )
    if is_staff != instance.is_staff:
        User.objects.filter(pk=instance.pk).update(is_staff=is_staff)
        instance.is_staff = is_staff


@receiver(email_confirmed)
def find_the_person_on_a_list(sender, email_address, **kwargs):
    """Whoever shows that an e-mail is theirs gets the courses it was enrolled in."""
    claim_by_email(email_address.user, email=email_address.email)
