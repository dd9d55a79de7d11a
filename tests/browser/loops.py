"""Sealing beside Playwright, which keeps an event loop in this thread."""

import asyncio
from asyncio import events

_run = asyncio.run


def run(coroutine):
    """`asyncio.run` while the loop of this thread, if there is one, steps aside."""
    loop = events._get_running_loop()
    events._set_running_loop(None)
    try:
        return _run(coroutine)
    finally:
        events._set_running_loop(loop)
