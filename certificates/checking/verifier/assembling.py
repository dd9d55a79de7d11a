"""Puts the verifier's page together: no build step, only files one after the other."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from courses.translations import own_name

from . import words

HERE = Path(__file__).parent
TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
# In this order each stands after what it uses.
MODULES = [
    "bytes.js",
    "der.js",
    "cms.js",
    "seal.js",
    "enclosed.js",
    "profile.js",
    "credential.js",
    "judge.js",
    "page.js",
]
_IMPORT = re.compile(r'^import .+ from "\./\w+\.js";\n', re.MULTILINE)


def page(published: dict[str, Any]) -> str:
    """The whole file; `published` is what `publishing.published` gives."""
    style = TOKENS.read_text() + (HERE / "page.css").read_text()
    code = script()
    languages = [code for code, _name in settings.LANGUAGES]
    data = published | {"words": {one: _words(one) for one in languages}}
    template = Template((HERE / "page.html").read_text())
    context = {
        "title": data["words"][languages[0]]["title"],
        "issuer": published["issuer"],
        "languages": [(one, own_name(one)) for one in languages],
        "policy": mark_safe(policy(style=style, code=code)),  # noqa: S308 - digests
        "style": mark_safe(style),  # noqa: S308 - our own file
        "script": mark_safe(code),  # noqa: S308 - our own files
        "data": mark_safe(_harmless(data)),  # noqa: S308 - can end no script
    }
    return template.render(Context(context))


def script() -> str:
    """The modules as one: what they ask of each other stands above them already."""
    parts = [(HERE / name).read_text() for name in MODULES]
    return "\n".join(_IMPORT.sub("", part).replace("\nexport ", "\n") for part in parts)


def policy(*, style: str, code: str) -> str:
    """This style and this script, and nothing from anywhere else."""
    return (
        f"default-src 'none'; style-src '{_print_of(style)}'; "
        f"script-src '{_print_of(code)}'; base-uri 'none'; form-action 'none'"
    )


def _print_of(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _words(language: str) -> dict[str, str]:
    with override(language):
        return words.words()


def _harmless(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
