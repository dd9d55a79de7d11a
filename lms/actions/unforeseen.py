"""What failed, for the log: of what kind and where, never its text.

The text of a failure may quote somebody, as that of a database does (PR-06).
"""

import traceback


def told(error: BaseException) -> str:
    """Its kind, and the lines of code on the way to it; of a group each one's."""
    way = "".join(traceback.format_tb(error.__traceback__))
    parts = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return "".join([f"{type(error).__name__}\n{way}", *map(told, parts)])
