"""What the tables of sessions hold about people. See `learning` for the others."""

from .fields import Fate, Kind, declare, held

declare(
    "lms.CalendarAddress",
    {
        "salt": held(
            Kind.ACCOUNT, "Opens one's sessions to one's calendar.", is_secret=True
        )
    },
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Shows somebody's sessions in their own calendar.",
)
declare("lms.SessionSeries", deeds="by", plain="rule")
declare(
    "lms.Session",
    deeds="signed_by",
    plain="title place link status register status_set secret source_uid",
)
