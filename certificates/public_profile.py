"""The address that opens LinkedIn's own form, filled in. Nothing is sent by us.

What the form expects: https://addtoprofile.linkedin.com (name, organisation, dates,
address and number of a certificate). Whoever clicks tells LinkedIn what stands here.
"""

from datetime import date
from urllib.parse import urlencode

FORM = "https://www.linkedin.com/profile/add"


def address_of_form(
    *,
    title: str,
    issuer: str,
    number: str,
    verify_url: str,
    awarded_on: date,
    valid_until: date | None,
) -> str:
    """Months and years only, as the form asks; no holder and no score in it."""
    fields: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": title,
        "organizationName": issuer,
        "issueYear": awarded_on.year,
        "issueMonth": awarded_on.month,
        "certUrl": verify_url,
        "certId": number,
    }
    if valid_until:
        fields["expirationYear"] = valid_until.year
        fields["expirationMonth"] = valid_until.month
    return f"{FORM}?{urlencode(fields)}"
