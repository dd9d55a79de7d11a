"""Telephone numbers in one form, and never less than what was typed."""

import phonenumbers

HOME_COUNTRY = "TJ"


def phone_of(text: str) -> str | None:
    """The number as +992…; None for what is not one number of a possible length."""
    try:
        number = phonenumbers.parse(text, HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
