"""The site's addresses and a view that does nothing, to measure against."""

from django.http import HttpResponse
from django.urls import path

from lms.urls import *  # noqa: F403
from lms.urls import urlpatterns as site_urls


def bare(request):
    return HttpResponse("nothing")


urlpatterns = [path("bare/", bare), *site_urls]
