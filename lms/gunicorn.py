"""How gunicorn serves the site: as many workers as cores, four threads each.

The site is loaded once and then forked. What is loaded by then is taken out of garbage
collection: tracing it makes pauses of 100 ms and copies every page a worker shares.
"""

import gc
import os

from django.db import connections

bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)
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
