"""Folding the names of people whose rows were written by something else than Django."""

from .models import Person

AT_ONCE = 500


def fold_people(*, all_of_them: bool = False) -> int:
    """Write the search key of people without one, or of everybody; say of how many.

    Safe to run at any time, twice, and on any number of people.
    """
    people = (
        Person.objects.all() if all_of_them else Person.objects.filter(search_key="")
    )
    names = people.only("legal_name", "latin_name", "email", "phone", "search_key")
    written, batch = 0, []
    for person in names.order_by("pk").iterator(chunk_size=AT_ONCE):
        known, person.search_key = person.search_key, person.folded()
        if known != person.search_key:
            batch.append(person)
        if len(batch) == AT_ONCE:
            written += Person.objects.bulk_update(batch, ["search_key"])
            batch = []
    return written + (Person.objects.bulk_update(batch, ["search_key"]) if batch else 0)
