"""Looking at a design: the unsaved form, any version, two versions side by side."""

from collections.abc import Iterator

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.blocks.base import get_error_json_data
from weasyprint.urls import FatalURLFetchingError

from certificates.design import differing, trying
from certificates.forms.papers import language_of_reader, paper_languages
from certificates.forms.templates import TEXTS, TemplateForm
from certificates.forms.trials import TrialForm
from certificates.models import CertificateTemplate
from certificates.paper import showing
from certificates.paper.rendering import render as draw
from lms.viewsets.scoped import RowsOfUser, ScopedInspectView

NOT_DRAWN = (FatalURLFetchingError, OSError, ValueError)


class NotShown(Exception):
    """There is nothing to see; the sentences say why."""


def drawn(version, language: str, **choices) -> bytes:
    """A draft's PDF, in turn. Raises NotShown."""
    try:
        with showing.in_turn():
            return draw(trying.trial(version, language, **choices), language)
    except showing.Busy as busy:
        raise NotShown(_t("Other previews are being drawn. Try again.")) from busy
    except NOT_DRAWN as error:
        raise NotShown(
            _t("The page cannot be drawn: a logo or a signature cannot be read.")
        ) from error


class TemplateRows(RowsOfUser, PermissionCheckedMixin, View):
    permission_required = "change"
    model = CertificateTemplate


class TryView(TemplateRows):
    """Draws the form as it stands: a picture for the panel, or a PDF."""

    http_method_names = ["post"]

    def post(self, request, pk=None):
        template = self.row(pk, "change") if pk else CertificateTemplate()
        form = TemplateForm(request.POST, instance=template, for_user=request.user)
        choices = TrialForm(request.POST)
        faults = _faults(form) + _faults(choices)
        if faults:
            return self._say(faults)
        try:
            pdf = self._draw(form, choices.cleaned_data)
        except NotShown as error:
            return self._say([str(error)])
        return self._show(pdf, choices.cleaned_data["day"])

    def _draw(self, form, choices) -> bytes:
        version = trying.unsaved(form.cleaned_data["title"], form.content)
        return drawn(version, **choices)

    @property
    def _is_panel(self) -> bool:
        return self.request.headers.get("Accept") == "image/png"

    def _say(self, faults: list[str]):
        if self._is_panel:
            return JsonResponse({"faults": faults}, status=422)
        page = "certificates/admin/not_shown.html"
        return render(self.request, page, {"faults": faults}, status=422)

    def _show(self, pdf: bytes, day):
        if not self._is_panel:
            return HttpResponse(pdf, content_type="application/pdf")
        return HttpResponse(showing.as_png(pdf), content_type="image/png")


def _faults(form) -> list[str]:
    """Each with the name of its field."""
    if form.is_valid():
        return []
    found = []
    for name, errors in form.errors.items():
        label = _labelled(form, name)
        for error in errors.as_data():
            said = _sentences(get_error_json_data(error))
            found += [f"{label}: {one}" if label else one for one in said]
    return found


def _labelled(form, name: str) -> str:
    """Seven languages have a title: of a text this says which."""
    label = form.fields[name].label if name in form.fields else ""
    text, _underscore, code = name.rpartition("_")
    language = dict(paper_languages()).get(code) if text in TEXTS else None
    return f"{label} ({language})" if language else label


def _sentences(told: dict) -> Iterator[str]:
    """What is said about a field, and about the blocks in it at any depth."""
    yield from told.get("messages", [])
    for inner in told.get("blockErrors", {}).values():
        yield from _sentences(inner)


class PreviewView(TemplateRows):
    """The newest version as a PDF with invented data."""

    def get(self, request, pk, language):
        template = self.row(pk, "change")
        return show(request, template, template.newest, language)


class VersionView(TemplateRows):
    """Any version, found through its template (CE-33)."""

    def get(self, request, pk, number, language):
        template = self.row(pk, "change")
        version = get_object_or_404(template.versions, number=number)
        return show(request, template, version, language)


class PictureView(TemplateRows):
    """Any version as a picture, to stand beside another one."""

    def get(self, request, pk, number, language):
        template = self.row(pk, "change")
        version = get_object_or_404(template.versions, number=number)
        if language not in dict(paper_languages()):
            return HttpResponse(status=404)
        try:
            png = showing.as_png(drawn(version, language))
        except NotShown as error:
            return HttpResponse(str(error), status=503, content_type="text/plain")
        return HttpResponse(png, content_type="image/png")


def show(request, template, version, language):
    """Its PDF; or back to the template with the reason."""
    try:
        if version is None or language not in dict(paper_languages()):
            raise NotShown(_t("There is nothing to show yet."))
        pdf = drawn(version, language)
    except NotShown as error:
        messages.error(request, str(error))
        return redirect("certificate_templates:inspect", template.pk)
    return HttpResponse(pdf, content_type="application/pdf")


class CompareView(ScopedInspectView):
    """Two versions of a template: what differs, and both as pictures."""

    permission_required = "change"
    template_name = "certificates/admin/compare.html"
    page_title = _("Compare two versions")

    def get_page_title(self):
        return self.page_title

    def get_object(self, queryset=None):
        return self.row(self.pk, "change")

    def get_breadcrumbs_items(self):
        rows = reverse("certificate_templates:index")
        here = reverse("certificate_templates:inspect", args=[self.object.pk])
        return [
            *self.breadcrumbs_items,
            {"url": rows, "label": _("Certificate templates")},
            {"url": here, "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def _version(self, name: str, otherwise: int):
        """The one asked for; one that is not there or no number gives the other."""
        asked = self.request.GET.get(name, "")
        number = int(asked) if asked.isdecimal() and len(asked) < 6 else otherwise
        found = [one for one in self.versions if one.number == number]
        return found[0] if found else self.versions[0]

    def get_context_data(self, **kwargs):
        self.versions = list(self.object.versions.order_by("-number"))
        context = super().get_context_data(**kwargs)
        languages = dict(paper_languages())
        asked = self.request.GET.get("language")
        language = asked if asked in languages else language_of_reader()
        if not self.versions:
            return context
        newest = self.versions[0].number
        older = self._version("older", newest - 1)
        newer = self._version("newer", newest)
        return context | {
            "versions": self.versions,
            "older": older,
            "newer": newer,
            "pair": [older, newer],
            "languages": languages.items(),
            "language": language,
            "differences": differing.between(older.content, newer.content),
        }
