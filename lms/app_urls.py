"""The pages of training outside Wagtail's page tree."""

app_name = "lms"

urlpatterns = []
