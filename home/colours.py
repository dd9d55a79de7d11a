"""Pairs of colours that can be read, made from the one an organisation chose."""

Rgb = tuple[float, float, float]

PAPER = (0xFB / 255, 0xF8 / 255, 0xF1 / 255)
NIGHT = (0x12 / 255, 0x16 / 255, 0x1E / 255)
LEAST_CONTRAST = 4.6


def from_hex(colour: str) -> Rgb:
    """Three shares of one from "#1F4E79"."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def to_hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def luminance(colour: Rgb) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Between 1 and 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the second colour in the first."""
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def readable(colour: Rgb, ground: Rgb, least: float = LEAST_CONTRAST) -> Rgb:
    """The colour, moved away from the ground until text in it can be read."""
    away: Rgb = (0, 0, 0) if luminance(ground) > 0.5 else (1, 1, 1)
    for step in range(101):
        candidate = mix(colour, away, step / 100)
        if contrast(candidate, ground) >= least:
            return candidate
    return away


def brand_pairs(colour: str) -> dict[str, tuple[str, str]]:
    """The design system's brand properties as (light theme, dark theme)."""
    chosen = from_hex(colour)
    light, dark = readable(chosen, PAPER), readable(chosen, NIGHT)
    return {
        "--brand": (to_hex(light), to_hex(dark)),
        "--brand-strong": (
            to_hex(mix(light, (0, 0, 0), 0.25)),
            to_hex(mix(dark, (1, 1, 1), 0.25)),
        ),
        "--brand-soft": (
            to_hex(mix(PAPER, light, 0.1)),
            to_hex(mix(NIGHT, dark, 0.15)),
        ),
        "--on-brand": (
            to_hex(readable(PAPER, light)),
            to_hex(readable(NIGHT, dark)),
        ),
    }
