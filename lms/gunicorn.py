"""How gunicorn serves the site: as many workers as cores, four threads each.

The site is loaded once and then forked. What is loaded by then is taken out of garbage
collection: tracing it makes pauses of 100 ms and copies every page a worker shares.
"""

import gc
import os

from django.db import connections

from lms.settings.environment import Env, Range, finish

_env = Env(eager=False)
_host = _env.str("HOST", "0.0.0.0")  # noqa: S104
_port = _env.int("PORT", 8000, validate=Range(1, 65535))
workers = _env.int("WEB_CONCURRENCY", os.cpu_count() or 2, validate=Range(1, 99))
finish(_env)

bind = f"{_host}:{_port}"
worker_class = "gthread"
threads = 4
preload_app = True
accesslog = None
loglevel = "warning"
# Behind a phone's slow line a worker must not wait for the body of a request.
timeout = 60


def when_ready(server):
    gc.collect()
    gc.freeze()
    server.log.warning("Ustod is ready.")


def post_fork(server, worker):
    # A connection made while loading must not be shared by two processes.
    connections.close_all()
