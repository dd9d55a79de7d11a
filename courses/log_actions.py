"""What the log says about each verb: action, label, message."""

from django.utils.translation import gettext_lazy as _

ACTIONS = [
    (
        "courses.publish_edition",
        _("Publish an edition"),
        _("Froze the outline as a new edition"),
    ),
    (
        "courses.freeze_question",
        _("Freeze a question"),
        _("Froze the question as a new version"),
    ),
    (
        "courses.upload_questions",
        _("Upload questions"),
        _("Uploaded questions to look at"),
    ),
    (
        "courses.import_questions",
        _("Import questions"),
        _("Imported questions"),
    ),
    (
        "courses.export_questions",
        _("Export questions"),
        _("Exported questions with their answers"),
    ),
    (
        "courses.add_lesson_with_quiz",
        _("Add a lesson with a quiz"),
        _("Added a lesson with its quiz"),
    ),
    ("courses.add_quiz", _("Add a quiz"), _("Added a quiz with its questions")),
    ("courses.retire_question", _("Retire a question"), _("Retired the question")),
    (
        "courses.restore_question",
        _("Use a question again"),
        _("Brought the retired question back"),
    ),
    (
        "courses.renew_quiz",
        _("Make a new version of a quiz"),
        _("Made a new version of the quiz for new cohorts"),
    ),
]


def register(actions):
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
