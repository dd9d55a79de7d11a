"""Square codes for paper, as SVG."""

import segno


def square(address: str) -> str:
    """The address for a phone's camera; white around it as the standard wants."""
    return segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
