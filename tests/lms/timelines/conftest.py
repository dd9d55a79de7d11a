import pytest
from wagtail.models import ModelLogEntry


@pytest.fixture
def scene(cast):
    """A cohort of which nothing is written down yet."""
    ModelLogEntry.objects.all().delete()
    return cast
