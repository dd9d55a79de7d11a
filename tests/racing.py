"""Many hands at one record: calls that start together, each on its own connection."""

from threading import Barrier, Thread

from django.db import connections


def at_once(*calls) -> list:
    """What each call returned or raised, in the order of the calls."""
    gate, found = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait(timeout=60)
        try:
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return found


def errors_at_once(work, arguments) -> list[Exception]:
    """What was raised where each of the arguments is worked on at once."""
    found = at_once(*(lambda one=one: work(one) for one in arguments))
    return [one for one in found if isinstance(one, Exception)]
