"""A result on paper: from which percent on, in each language paper speaks. Pure."""

from certificates.content import Words

_FROM = {
    "en": "{percent}% or more",
    "ru": "{percent} % и выше",
    "tg": "{percent} % ва зиёда",
    "uz": "{percent} % va undan yuqori",
    "ky": "{percent} % жана андан жогору",
    "kk": "{percent} % және одан жоғары",
    "fa": "{percent}٪ و بالاتر",
}
_ALL = {"en": "{percent}%", "fa": "{percent}٪"}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def band(percent: int) -> Words:
    """Words for a result of at least so many percent; nothing is above 100."""
    return {
        language: _digits(_form(language, percent).format(percent=percent), language)
        for language in _FROM
    }


def _form(language: str, percent: int) -> str:
    whole = _ALL.get(language, "{percent} %")
    # A number and its sign stay on one line.
    return (whole if percent >= 100 else _FROM[language]).replace(" %", "\xa0%")


def _digits(text: str, language: str) -> str:
    return text.translate(_PERSIAN) if language == "fa" else text
