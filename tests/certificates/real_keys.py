"""Keys that are not for development, as a real installation has them."""

from contextlib import contextmanager

from django.test import override_settings

from certificates.seal import key_files
from courses import clock


@contextmanager
def real_keys():
    now = clock.now()
    with override_settings(
        USTOD_SEAL_KEY=key_files.make_seal("Ustod", now=now),
        USTOD_CREDENTIAL_KEY=key_files.make_credential("Ustod", now=now),
    ):
        yield
