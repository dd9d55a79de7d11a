"""The statements of a credential as canonical N-Quads, for the shapes we make only.

`profile.json` lists every shape and term, so that a program in another language reads
the same list. Nothing is fetched, and what is not in the list is refused. RDFC-1.0
needs no search here: one node at most has no address of its own.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROFILE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "profile.json").read_text(encoding="utf-8")
)
BADGE, STATUS_LIST = "OpenBadgeCredential", "BitstringStatusListCredential"
PROOF = "DataIntegrityProof"

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_BLANK = "_:c14n0"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+")
# Programs write these in different ways, and no certificate needs them.
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


class NotOurShape(ValueError):
    """Something is there that no credential of ours holds."""


def context_of(name: str) -> list[str]:
    return list(PROFILE["contexts"][name])


def canonical(document: dict[str, Any], name: str) -> str:
    """What is hashed: sorted N-Quads of a document of this shape.

    The document comes without its proof, its context exactly ours.
    """
    if document.get("@context") != PROFILE["contexts"][name]:
        raise NotOurShape("@context")
    node = {key: value for key, value in document.items() if key != "@context"}
    return _sorted(node, name)


def canonical_proof(options: dict[str, Any]) -> str:
    """The same for a proof without its value; the document's context is meant."""
    return _sorted(options, PROOF)


def _sorted(node: dict[str, Any], name: str) -> str:
    return "".join(sorted(set(_statements(node, name))))


def _statements(node: object, name: str) -> Iterator[str]:
    shape = PROFILE["shapes"][name]
    if not isinstance(node, dict):
        raise NotOurShape(name)
    subject = _name_of(node, shape)
    for iri in shape["types"].values():
        yield f"{subject} {_TYPE} <{iri}> .\n"
    for key, value in node.items():
        if key in ("id", "type"):
            continue
        if key not in shape["terms"]:
            raise NotOurShape(str(key))
        yield from _statement(subject, shape["terms"][key], value)


def _statement(subject: str, term: dict[str, Any], value: object) -> Iterator[str]:
    if term.get("in_list"):
        if not isinstance(value, list) or len(value) != 1:
            raise NotOurShape(term["iri"])
        value = value[0]
    if term["is"] == "node":
        target = _name_of(value, PROFILE["shapes"][term["shape"]])
        yield from _statements(value, term["shape"])
    else:
        target = _written(term, value)
    yield f"{subject} <{term['iri']}> {target} .\n"


def _name_of(node: object, shape: dict[str, Any]) -> str:
    if not isinstance(node, dict):
        raise NotOurShape(type(node).__name__)
    types = list(shape["types"])
    wanted = (types[0] if shape.get("type") == "one" else types) if types else None
    if node.get("type") != wanted or ("id" in node) == bool(shape.get("blank")):
        raise NotOurShape("type" if node.get("type") != wanted else "id")
    return _BLANK if shape.get("blank") else _address(node["id"])


def _written(term: dict[str, Any], value: object) -> str:
    match term["is"]:
        case "address":
            return _address(value)
        case "word":
            if not isinstance(value, str) or value not in term["words"]:
                raise NotOurShape(term["iri"])
            return f"<{term['words'][value]}>"
        case "number":
            text = _number(value)
        case "truth":
            if not isinstance(value, bool):
                raise NotOurShape(term["iri"])
            text = "true" if value else "false"
        case _:
            text = _text(value)
    return f'"{text}"' + (f"^^<{term['datatype']}>" if "datatype" in term else "")


def _address(value: object) -> str:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise NotOurShape("id")
    return f"<{value}>"


def _text(value: object) -> str:
    if not isinstance(value, str) or _UNWRITABLE.search(value):
        raise NotOurShape("text")
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _number(value: object) -> str:
    """As JSON-LD writes it: 20, but 12.5 as 1.25E1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotOurShape("number")
    if not abs(value) < 1e15:
        raise NotOurShape("number")
    if value == int(value):
        return str(int(value))
    return re.sub(r"(\d)0*E([+-])0*(\d)", _short, f"{value:.15E}")


def _short(found: re.Match[str]) -> str:
    sign = "-" if found[2] == "-" else ""
    return f"{found[1]}E{sign}{found[3]}"
