"""What an administrator writes about a signatory."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images.widgets import AdminImageChooser

from certificates.design import pictures
from certificates.models import Signatory

from .papers import check_letters, paper_languages


class SignatoryForm(WagtailAdminModelForm):
    """Titles by language as fields of their own."""

    class Meta:
        model = Signatory
        fields = ["name", "image", "place", "since", "until"]
        help_texts = {
            "image": _("A scanned signature on a clear ground; may be empty."),
            "place": _("1 signs on the left, 2 beside it; nobody else signs."),
            "until": _("The last day; empty while the person is in office."),
        }
        widgets = {"image": AdminImageChooser}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(check_letters)
        office = _("Office")
        for code, language in paper_languages():
            self.fields[f"title_{code}"] = forms.CharField(
                label=f"{office} ({language})",
                max_length=120,
                required=False,
                initial=self.instance.titles.get(code, ""),
                validators=[check_letters],
            )

    def clean_image(self):
        """What could not be printed is refused now, not at the first issue."""
        image = self.cleaned_data["image"]
        if image is None:
            return None
        try:
            with image.open_file() as file:
                pictures.clean(file.read(pictures.MOST_BYTES + 1))
        except pictures.UnfitPicture as error:
            raise forms.ValidationError(str(error)) from error
        except OSError as error:
            text = _("The file of this picture is gone.")
            raise forms.ValidationError(text) from error
        return image

    @property
    def answers(self) -> dict:
        """As the verbs take them."""
        answers = {name: self.cleaned_data[name] for name in self.Meta.fields}
        titles = {
            code: self.cleaned_data[f"title_{code}"]
            for code, _language in paper_languages()
        }
        return answers | {
            "titles": {code: text for code, text in titles.items() if text}
        }
