"""Reports as conferences write them: the forms are real, the people are made up."""

from datetime import datetime
from zoneinfo import ZoneInfo

from lms.conference.report import Meeting

DUSHANBE = ZoneInfo("Asia/Dushanbe")


def meeting(day="2026-04-03", begins="09:00", ends="10:30") -> Meeting:
    """Ninety minutes in Dushanbe."""
    return Meeting(moment(f"{day} {begins}"), moment(f"{day} {ends}"), DUSHANBE)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=DUSHANBE)


def span(begins: str, ends: str, day="2026-04-03") -> tuple[datetime, datetime]:
    return moment(f"{day} {begins}"), moment(f"{day} {ends}")


def lines(*rows: str) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode()


_MADINA = "Madina Rahimova,madina@example.org"
ZOOM = lines(
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),",
    "812 3456,Day 2,04/03/2026 08:55:00 AM,04/03/2026 10:31:00 AM,h@example.org,96,",
    "",
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
    f"{_MADINA},04/03/2026 08:58:00 AM,04/03/2026 09:40:00 AM,42,No",
    f"{_MADINA},04/03/2026 09:45:00 AM,04/03/2026 10:31:00 AM,46,No",
    "iPhone (Jamshed Karimov),,04/03/2026 09:50:00 AM,04/03/2026 10:30:00 AM,40,Yes",
)
ZOOM_UNIQUE = lines(
    "Topic,ID,Host,Duration (minutes),Start time,End time,Participants",
    "Day 2,812 3456 7890,Host,96,04/03/2026 08:55:00 AM,04/03/2026 10:31:00 AM,2",
    "",
    "Name (original name),Email,Total duration (minutes),Guest",
    "Madina Rahimova,madina@example.org,88,No",
    "Jamshed Karimov,,40,Yes",
)
ZOOM_RUSSIAN = lines(
    "Имя (настоящее имя),Электронная почта пользователя,Время входа,Время выхода,"
    "Продолжительность (минуты),Гость",
    "Мадина Раҳимова,,03.04.2026 21:00:08 PM,03.04.2026 22:30:00 PM,90,Да",
)
TEAMS = (
    "\r\n".join(
        [
            "1. Summary",
            "Meeting title\tDay 2",
            "Attended participants\t2",
            "Start time\t4/3/26, 8:55:00 AM",
            "End time\t4/3/26, 10:31:00 AM",
            "",
            "2. Participants",
            "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\t"
            "Participant ID (UPN)\tRole",
            "Rahimova, Madina\t4/3/26, 8:58:00 AM\t4/3/26, 10:31:00 AM\t1h 28m 0s\t"
            "madina@example.org\tmadina@example.org\tPresenter",
            "Jamshed Karimov (Guest)\t4/3/26, 9:50:00 AM\t4/3/26, 10:30:00 AM\t40m\t"
            "\t\tAttendee",
            "",
            "3. In-Meeting Activities",
            "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
            "Rahimova, Madina\t4/3/26, 8:58:00 AM\t4/3/26, 9:40:00 AM\t42m\t"
            "madina@example.org\tPresenter",
            "Rahimova, Madina\t4/3/26, 9:45:00 AM\t4/3/26, 10:31:00 AM\t46m 0s\t"
            "madina@example.org\tPresenter",
            "Jamshed Karimov (Guest)\t4/3/26, 9:50:00 AM\t4/3/26, 10:30:00 AM\t40m\t"
            "\tAttendee",
        ]
    )
    + "\r\n"
).encode("utf-16")
TEAMS_DURING = (
    "Full Name\tUser Action\tTimestamp\n"
    "Madina Rahimova\tJoined before\t4/13/2026, 9:00:00 AM\n"
    "Jamshed Karimov\tJoined\t4/13/2026, 9:30:00 AM\n"
    "Jamshed Karimov\tLeft\t4/13/2026, 10:00:00 AM\n"
).encode("utf-16-le")
TABLE = lines(
    "Display name;Joined;Left",
    "Madina Rahimova;2026-04-03 08:58:00;2026-04-03T09:40:00",
    "Madina Rahimova;09:45;10:31",
    "Jamshed Karimov;04:50Z;05:30Z",
)
