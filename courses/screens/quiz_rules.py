"""A quiz's rules in plain words, as its page says them before one starts."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import QuizPage

from . import words

COUNTS = {
    QuizPage.Grading.HIGHEST: gettext_lazy("Your best attempt counts."),
    QuizPage.Grading.LAST: gettext_lazy("Your last attempt counts."),
    QuizPage.Grading.FIRST: gettext_lazy("Your first attempt counts."),
    QuizPage.Grading.AVERAGE: gettext_lazy("The average of your attempts counts."),
}


def rules_of(quiz: QuizPage) -> list[str]:
    rules = [_questions(quiz), _passing(quiz), _time(quiz), *_attempts(quiz)]
    if quiz.tries_allowed:
        rules.append(_checking(quiz))
    if quiz.is_supervised:
        rules.append(_("You sit it under supervision: the code is given in the room."))
    if not quiz.is_required:
        rules.append(_("You may leave this quiz out; the course asks for others."))
    return rules


def _questions(quiz: QuizPage) -> str:
    count = sum(slot.asks_for for slot in quiz.slots.all())
    return ngettext("%(n)s question.", "%(n)s questions.", count) % {"n": count}


def _passing(quiz: QuizPage) -> str:
    if not quiz.pass_percent:
        return _("There is no pass mark: finishing is enough.")
    percent = number_format(f"{quiz.pass_percent.normalize():f}")
    return _("You pass with %(percent)s %% of the marks.") % {"percent": percent}


def _time(quiz: QuizPage) -> str:
    if not quiz.minutes:
        return _("Take the time you need.")
    limit = _("You have %(time)s. The clock starts when you start, and does not stop.")
    text = limit % {"time": words.duration(quiz.minutes)}
    return f"{text} {_at_its_end(quiz)}"


def _at_its_end(quiz: QuizPage) -> str:
    if quiz.grace is None:
        return _("Then what is saved is handed in by itself.")
    text = _("Then you have %(time)s to hand in; what is not handed in earns nothing.")
    return text % {"time": words.duration(quiz.grace)}


def _checking(quiz: QuizPage) -> str:
    if quiz.tries_allowed == 1:
        return _("You can check each answer once; then it is final.")
    text = _(
        "You have %(n)s tries at each question; a wrong one takes %(percent)s %% of "
        "its marks."
    )
    return text % {"n": quiz.tries_allowed, "percent": quiz.try_penalty}


def _attempts(quiz: QuizPage) -> list[str]:
    allowed = quiz.attempts_allowed
    if allowed == 1:
        return [_("You have one attempt.")]
    rules = [_("You may try as often as you like.")]
    if allowed:
        text = ngettext(
            "You have %(n)s attempt.", "You have up to %(n)s attempts.", allowed
        )
        rules = [text % {"n": allowed}]
    if quiz.cooldown_minutes:
        pause = words.duration(quiz.cooldown_minutes)
        rules.append(_("Between two attempts pass %(time)s.") % {"time": pause})
    return [*rules, str(COUNTS[quiz.grading])]
