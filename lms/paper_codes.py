"""Square codes for paper, as SVG."""

import segno


def square(address: str, *, title: str | None = None) -> str:
    """The address for a phone's camera; white around it as the standard wants.

    On paper `title` stands for it where a document is read aloud (PDF/UA).
    """
    return segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None, title=title
    )
