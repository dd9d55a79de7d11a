"""Wagtail's search and its list of references, written once for a whole course."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

Saved = dict[type[Model], set]


@contextmanager
def indexed_once() -> Iterator[None]:
    """Write both indexes at the end of the block, for what was saved in it.

    Each page is saved three times until it is published: three thousand jobs would
    wait for the worker of a new site, and its search would find nothing meanwhile.
    """
    saved: Saved = defaultdict(set)

    def note(sender, instance, **kwargs):
        saved[sender].add(instance.pk)

    searched = [model for model in index.get_indexed_models() if _is_told(model)]
    for model in searched:
        post_save.disconnect(post_save_signal_handler, sender=model)
    post_save.connect(note)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    for model, keys in saved.items():
        if model in searched or ReferenceIndex.is_indexed(model):
            _write(model, model._default_manager.filter(pk__in=keys), searched)


def _is_told(model: type[Model]) -> bool:
    return getattr(model, "search_auto_update", True)


def _write(model: type[Model], rows: Iterable[Model], searched: list) -> None:
    rows = list(rows)
    if model in searched:
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, rows)
    if ReferenceIndex.is_indexed(model):
        for row in rows:
            ReferenceIndex.create_or_update_for_object(row)
