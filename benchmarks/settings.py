"""The development settings with one more address, on a scratch folder."""

from lms.settings.dev import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
DEBUG = False
