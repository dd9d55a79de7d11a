"""What Django, Wagtail and the job queue hold about people."""

from django.conf import settings
from django.contrib.auth.hashers import make_password

from .fields import Fate, Kind, declare, declare_content, held

USER = settings.AUTH_USER_MODEL


def closed(user) -> str:
    return f"closed-{user.pk}"


def no(row) -> bool:
    return False


def no_password(user) -> str:
    return make_password(None)


declare(
    USER,
    {
        "username": held(Kind.ACCOUNT, "To sign in.", Fate.REPLACE, closed),
        "password": held(
            Kind.ACCOUNT, "To sign in.", Fate.REPLACE, no_password, is_secret=True
        ),
        "email": held(Kind.CONTACT, "To sign in and to set a new password."),
        "first_name": held(Kind.IDENTITY, "Who staff are, in lists and logs."),
        "last_name": held(Kind.IDENTITY, "Who staff are, in lists and logs."),
        "last_login": held(Kind.ACCOUNT, "Accounts nobody uses are closed."),
        "is_active": held(Kind.ACCOUNT, "May sign in.", Fate.REPLACE, no),
        "is_staff": held(Kind.ACCOUNT, "May open the admin.", Fate.REPLACE, no),
        "is_superuser": held(Kind.ACCOUNT, "May do everything.", Fate.REPLACE, no),
    },
    account="pk",
    kind=Kind.ACCOUNT,
)
for rights in ("groups", "user_permissions"):
    declare(
        f"{USER}_{rights}",
        account="user",
        kind=Kind.ACCOUNT,
        fate=Fate.DELETE,
        why="What the account may do.",
    )
declare(
    "sessions.Session",
    {
        "session_key": held(
            Kind.ACCOUNT, "Keeps somebody signed in.", Fate.DELETE, is_secret=True
        ),
        "session_data": held(
            Kind.ACCOUNT, "Keeps somebody signed in.", Fate.DELETE, is_secret=True
        ),
    },
    kind=Kind.ACCOUNT,
)
declare(
    "wagtailusers.UserProfile",
    {"avatar": held(Kind.ACCOUNT, "A picture staff may give themselves.")},
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="How somebody likes the admin to look.",
    plain="preferred_language current_time_zone dismissibles theme contrast density",
)
declare(
    "wagtailadmin.EditingSession",
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Tells colleagues who edits a page just now.",
    plain="object_id",
)
declare(
    "wagtailadmin.FormState",
    {"data": held(Kind.ACCOUNT, "A form that was not finished.", Fate.DELETE)},
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="A form that was not finished.",
    plain="object_id parent_object_id",
)
declare(
    "wagtailcore.APIToken",
    {"key_hash": held(Kind.ACCOUNT, "A key of a program.", is_secret=True)},
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Keys of programs.",
    plain="name prefix",
)
declare(
    "wagtailcore.PageSubscription",
    account="user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="Who is told about comments.",
)
declare(
    "wagtailcore.UploadedFile",
    {"file": held(Kind.ACCOUNT, "A picture that is being added.", Fate.DELETE)},
    account="uploaded_by_user",
    kind=Kind.ACCOUNT,
    fate=Fate.DELETE,
    why="A picture that is being added.",
)
for log in ("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry"):
    rest = " object_id" if "Model" in log else ""
    declare(
        log,
        {
            "label": held(Kind.AUDIT, "What a step was about.", Fate.REPLACE),
            "data": held(Kind.AUDIT, "What changed, and why.", Fate.REPLACE),
        },
        deeds="user",
        plain=f"action{rest}",
    )
declare(
    "django_tasks_database.DBTaskResult",
    plain="status args_kwargs task_path worker_ids queue_name backend_name "
    "return_value exception_class_path traceback",
)
declare_content("wagtailcore.Page", deeds="owner locked_by")
declare_content("wagtailcore.Revision wagtailcore.CommentReply", deeds="user")
declare_content("wagtailcore.Comment", deeds="user resolved_by")
declare_content("wagtailcore.WorkflowState", deeds="requested_by")
declare_content("wagtailcore.TaskState", deeds="finished_by")
declare_content("wagtailimages.Image wagtaildocs.Document", deeds="uploaded_by_user")
declare_content(
    "wagtail_localize.StringTranslation wagtail_localize.SegmentOverride",
    deeds="last_translated_by",
)
declare_content(
    "wagtail_localize.TranslatableObject wagtail_localize.TranslationSource "
    "wagtail_localize.String wagtail_localize.TranslationContext "
    "wagtail_localize.Template wagtail_localize.StringSegment "
    "wagtail_localize.OverridableSegment "
    "wagtailredirects.Redirect wagtailembeds.Embed wagtailimages.Rendition "
    "wagtailsearch.IndexEntry wagtailsearch.SQLiteFTSIndexEntry wagtailadmin.Admin "
    "wagtailcore.Locale wagtailcore.Site wagtailcore.CollectionViewRestriction "
    "wagtailcore.Collection wagtailcore.Workflow wagtailcore.Task "
    "wagtailcore.GroupApprovalTask wagtailcore.PageViewRestriction "
    "wagtailcore.ReferenceIndex taggit.Tag taggit.TaggedItem "
    "auth.Permission auth.Group contenttypes.ContentType"
)
declare_content(
    "courses.CourseIndexPage courses.CoursePage courses.Edition courses.GlossaryTerm "
    "courses.Prerequisite courses.FeedbackBand "
    "courses.ModulePage courses.LessonPage courses.QuestionCategory "
    "courses.QuestionTag courses.QuestionVersion courses.QuizPage courses.Slot"
)
declare_content("courses.Question", deeds="locked_by")
declare_content("courses.QuestionUpload", deeds="by")
