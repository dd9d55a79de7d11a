"""Pictures, films and files, each with what those need who cannot see or hear."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .text import ProseBlock


def _languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


class PictureBlock(StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("What it shows"),
        help_text=_(
            "Read aloud to those who cannot see it. Never a recognisable victim."
        ),
    )
    caption = CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with the words that stand in for it.")
        template = "courses/blocks/picture.html"
        preview_template = "courses/blocks/previews/picture.html"


class SubtitlesBlock(StructBlock):
    language = ChoiceBlock(choices=_languages, label=_("Language"))
    file = DocumentChooserBlock(label=_("Subtitles"), help_text=_("A .vtt file."))

    class Meta:
        icon = "openquote"
        label = _("Subtitles")


class VideoBlock(StructBlock):
    title = CharBlock(label=_("Title"))
    file = DocumentChooserBlock(label=_("Film"), help_text=_("An .mp4 or .webm file."))
    poster = ImageChooserBlock(
        label=_("First picture"),
        required=False,
        help_text=_("Shown until somebody starts the film."),
    )
    subtitles = ListBlock(SubtitlesBlock(), label=_("Subtitles"), default=[])
    transcript = ProseBlock(
        label=_("Transcript"),
        help_text=_("What is said and seen, for those who cannot play the film."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film with subtitles and the same in writing.")
        template = "courses/blocks/video.html"
        preview_template = "courses/blocks/previews/video.html"


class FileBlock(StructBlock):
    file = DocumentChooserBlock(label=_("File"))
    title = CharBlock(label=_("What it is"))
    note = CharBlock(label=_("What to do with it"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("File")
        description = _("Something to download or print, with its kind and size.")
        template = "courses/blocks/file.html"
        preview_template = "courses/blocks/previews/file.html"
