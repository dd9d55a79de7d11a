"""What sign-in and the front door hold about people."""

from lms.personal.fields import Fate, Kind, declare, declare_content, held
from lms.personal.topics import Topic

declare(
    "account.EmailAddress",
    {"email": held(Kind.CONTACT, "To sign in and to set a new password.")},
    account="user",
    kind=Kind.CONTACT,
    topic=Topic.ACCOUNT,
    fate=Fate.DELETE,
    why="To sign in and to set a new password.",
)
declare(
    "account.EmailConfirmation",
    {"key": held(Kind.ACCOUNT, "Shows that an e-mail is theirs.", is_secret=True)},
    account="email_address__user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Shows that an e-mail is theirs.",
)
declare(
    "mfa.Authenticator",
    {
        "data": held(
            Kind.ACCOUNT,
            "The second step of signing in, or a passkey: its public key and name.",
            is_secret=True,
        )
    },
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="The second step of signing in, or a passkey.",
    plain="type",
)
declare_content("home.HomePage")
declare_content("home.SiteSettings", plain="help_email")
