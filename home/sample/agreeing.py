"""Consent in the sample programme: a text in three languages, and who agreed."""

from datetime import timedelta

from django.db import transaction

from courses import clock
from home.models import User
from lms.actions import consents
from lms.models import Cohort, ConsentText, Enrolment

from .profiles import PARTICIPANT

TEXTS = {
    "en": (
        "May we write to you after the course?\n\n"
        "For the course itself we keep your name, your attendance, your answers and "
        "your certificate; that does not need your consent. With your consent we "
        "also write to you about other courses, ask you after half a year how you use "
        "what you learned, and may show photographs of the training on which you can "
        "be seen.\n\n"
        "You need not agree. You learn, and get your certificate, just the same. You "
        "can withdraw your consent at any time on the page Your data; from then on "
        "we do none of this any more."
    ),
    "ru": (
        "Можно ли нам писать вам после курса?\n\n"
        "Для самого курса мы храним ваше имя, посещаемость, ответы и сертификат; "
        "для этого согласие не нужно. С вашего согласия мы также сообщаем вам о других "
        "курсах, через полгода спрашиваем, как вы применяете изученное, и можем "
        "показывать фотографии с занятий, на которых вы видны.\n\n"
        "Соглашаться не обязательно. Вы учитесь и получаете сертификат в любом случае. "
        "Согласие можно отозвать в любое время на странице «Ваши данные»; с этого "
        "момента мы ничего из этого не делаем."
    ),
    "tg": (
        "Оё баъд аз курс ба шумо нависем?\n\n"
        "Барои худи курс мо ном, ҳузур, ҷавобҳо ва сертификати шуморо нигоҳ медорем; "
        "барои ин розигӣ лозим нест. Бо розигии шумо мо инчунин дар бораи курсҳои "
        "дигар хабар медиҳем, пас аз ним сол мепурсем, ки омӯхтаатонро чӣ гуна ба кор "
        "мебаред, ва метавонем аксҳои машғулиятро, ки шумо дар онҳо намоёнед, нишон "
        "диҳем.\n\n"
        "Розӣ шудан ҳатмӣ нест. Шумо дар ҳар сурат меомӯзед ва сертификат мегиред. "
        "Розигиро дар саҳифаи «Маълумоти шумо» ҳар вақт бозпас гирифтан мумкин аст; "
        "баъд аз он мо ин корҳоро намекунем."
    ),
}
# So long before the first day of the cohort whose people are asked.
PUBLISHED = timedelta(days=30)


@transaction.atomic
def ask_for_consent(code: str, *, by: User) -> None:
    """The first text, and the answers of one cohort; a second call changes nothing.

    Most agree on the site, some on paper, one withdraws. The participant whose account
    is ready has not answered: she is asked.
    """
    if ConsentText.objects.exists():
        return
    cohort = Cohort.objects.get(code=code)
    places = cohort.enrolments.exclude(active_from=None).select_related("person__user")
    places = list(places.exclude(person__email=PARTICIPANT.email).order_by("pk"))
    first = min((place.active_from for place in places), default=clock.now())
    with clock.stopped_at(first - PUBLISHED):
        text = consents.publish(consents.draft(TEXTS, by=by), by=by)
    for number, place in enumerate(places):
        if number % 4:
            _agree(place, text, on_paper=number % 4 == 1, by=by)
    if len(places) > 2:
        person = places[2].person
        with clock.stopped_at(first + PUBLISHED):
            consents.withdraw(person, by=person.user)


def _agree(place: Enrolment, text: ConsentText, *, on_paper: bool, by: User) -> None:
    person, at = place.person, place.active_from
    with clock.stopped_at(at):
        if on_paper:
            day = at.astimezone(place.cohort.zone).date()
            language = person.locale
            consents.enter_paper(
                person, text=text, language=language, given_on=day, by=by
            )
        else:
            language = text.language_for(person.locale)
            consents.give(person, text=text, language=language, by=person.user)
