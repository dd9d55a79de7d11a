"""Moodle XML. Nothing of it is carried out, fetched or expanded."""

from dataclasses import replace
from urllib.parse import unquote

from django.utils.translation import gettext as _

from .cloze import with_gaps
from .drafts import (
    MOST_QUESTIONS,
    NotThisFormat,
    Picture,
    QuestionDraft,
    Reading,
    Refusal,
    Refused,
    excerpt_of,
    too_many_questions,
)
from .markup import (
    clean,
    from_either,
    from_markdown,
    from_text,
    pictures_in,
    storable,
    to_text,
    with_pictures,
    words_of,
)
from .moodle_kinds import READERS, explanation, in_order
from .moodle_writing import write
from .pictures import picture_of
from .texts import category_of
from .xml_tree import Node, parse

__all__ = ["looks_like", "read", "write"]

MOST_PICTURES = 20
_STORED = "@@PLUGINFILE@@/"
_FORMATS = {"html": clean, "plain_text": from_text, "markdown": from_markdown}


def looks_like(text: str) -> bool:
    return text.lstrip()[:5] == "<?xml" or "<quiz" in text[:4_000]


def read(data: bytes | str) -> Reading:
    """Every question of the file, or why not."""
    top = parse(data)
    if top.tag != "quiz":
        raise NotThisFormat(_("This XML is no file of Moodle questions."))
    drafts: list[QuestionDraft] = []
    refusals: list[Refusal] = []
    category = ""
    for node in top.all("question"):
        if node.attributes.get("type") == "category":
            category = category_of(storable(node.words("category", "text")))
            continue
        if len(drafts) + len(refusals) == MOST_QUESTIONS:
            refusals.append(Refusal(node.line, too_many_questions()))
            break
        try:
            drafts.append(_draft(node, category))
        except Refused as reason:
            refusals.append(Refusal(node.line, str(reason), _excerpt(node)))
    return Reading(tuple(drafts), tuple(refusals))


def _draft(node: Node, category: str) -> QuestionDraft:
    kind = node.attributes.get("type", "")
    if kind not in READERS:
        raise Refused(
            _("This site has no kind of question that Moodle calls “%(kind)s”.")
            % {"kind": excerpt_of(storable(kind))}
        )
    tags = (tag for box in node.all("tags") for tag in box.all("tag"))
    draft = QuestionDraft(
        kind="description",
        stem="",
        line=node.line,
        name=words_of(node.words("name", "text") or node.words("idnumber")),
        category=category,
        explanation=explanation(node),
        tags=tuple(filter(None, (words_of(tag.words("text")) for tag in tags))),
    )
    draft = READERS[kind](draft, node)
    source = node.words("questiontext", "text")
    if draft.gaps:
        source = in_order(source)
    elif draft.kind == "gaps":
        draft, source = with_gaps(draft, source)
    return _with_stem(draft, node, source)


def _with_stem(draft: QuestionDraft, node: Node, source: str) -> QuestionDraft:
    box = node.first("questiontext")
    form = box.attributes.get("format", "html") if box else "html"
    stem = _FORMATS.get(form, from_either)(source)
    pictures = _pictures(box, stem) if box else {}
    draft = replace(draft, stem=stem, pictures=tuple(pictures.values()))
    if pictures_in(stem):
        draft = _pictured(draft, pictures)
    if not draft.stem:
        raise Refused(_("There is no text of a question."))
    return draft


def _pictures(box: Node, stem: str) -> dict[str, Picture]:
    """The pictures that the text shows, by the address they have in it."""
    files = {file.attributes.get("name", ""): file for file in box.all("file")}
    found = {}
    for address in pictures_in(stem)[: MOST_PICTURES + 1]:
        name = unquote(address.removeprefix(_STORED))
        if address.startswith(_STORED) and name in files:
            found[address] = picture_of(files[name].text, storable(name))
    if len(found) > MOST_PICTURES:
        raise Refused(
            _("There are more than %(most)s pictures.") % {"most": MOST_PICTURES}
        )
    return found


def _pictured(draft: QuestionDraft, pictures: dict[str, Picture]) -> QuestionDraft:
    names = {address: picture.name for address, picture in pictures.items()}
    missing = [address for address in pictures_in(draft.stem) if address not in names]
    draft = replace(draft, stem=with_pictures(draft.stem, names))
    if not missing:
        return draft
    return draft.warned(
        _("The picture “%(address)s” is not in the file and is left out.")
        % {"address": excerpt_of(missing[0])}
    )


def _excerpt(node: Node) -> str:
    text = node.words("questiontext", "text") or node.words("name", "text")
    return excerpt_of(to_text(text[:2_000]))
