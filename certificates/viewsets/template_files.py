"""A template out of the site and into it, as one file."""

from io import BytesIO

from django.core import signing
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from certificates.actions import carrying
from certificates.design import images
from certificates.design.template_file import Carried
from certificates.forms.carrying import ImportForm
from certificates.models import CertificateTemplate
from certificates.models.kinds import Kind
from lms.actions.refusal import Refused
from lms.viewsets.scoped import RowsOfUser

from .template_previews import TemplateRows

# How long somebody may think about what an import would do, in seconds.
THINKING = 3600
SALT = "certificates.take_in"


class ExportView(TemplateRows):
    def get(self, request, pk):
        template = self.row(pk, "change")
        try:
            data = carrying.export(template)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("certificate_templates:inspect", pk)
        name = slugify(template.title)[:60] or "template"
        return FileResponse(
            BytesIO(data),
            as_attachment=True,
            filename=f"{name}.certificate.zip",
            content_type="application/zip",
        )


class ImportView(
    RowsOfUser, PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView
):
    """First a page that says what the file will do; then it is done."""

    permission_required = "add"
    model = CertificateTemplate
    form_class = ImportForm
    template_name = "certificates/admin/import.html"
    page_title = _("Import a template")
    header_icon = "upload"

    def post(self, request, *args, **kwargs):
        if "carried" in request.POST:
            return self._take_in(request.POST["carried"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """The answer that leads to nothing being typed again: all of it, signed."""
        carried, key = form.cleaned_data["file"], form.cleaned_data["course_key"]
        plan = carrying.plan(carried, course_key=key)
        context = self.get_context_data(form=form) | {
            "carried": _signed(carried, key),
            "plan": plan,
            "words": carried,
            "kind": Kind(carried.kind).label,
            "course": dict(form.fields["course_key"].choices)[key or ""],
        }
        return self.render_to_response(context)

    def _take_in(self, signed: str):
        try:
            carried, key = _read(signed)
            template = carrying.take_in(carried, course_key=key, by=self.request.user)
        except (signing.BadSignature, OSError):
            messages.error(self.request, _("Choose the file again."))
            return HttpResponseRedirect(self.request.path)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.request.path)
        messages.success(self.request, _("The template is here as a draft."))
        return redirect("certificate_templates:inspect", template.pk)

    def get_breadcrumbs_items(self):
        rows = reverse("certificate_templates:index")
        return [
            *self.breadcrumbs_items,
            {"url": rows, "label": _("Certificate templates")},
            {"url": "", "label": self.page_title},
        ]


def _signed(carried: Carried, key) -> str:
    """Pictures by the names under which they are kept."""
    words = {
        "title": carried.title,
        "kind": carried.kind,
        "design": carried.design,
        "logos": [images.keep_clean(logo) for logo in carried.logos],
        "course_key": str(key) if key else None,
    }
    return signing.dumps(words, salt=SALT, compress=True)


def _read(signed: str) -> tuple[Carried, str | None]:
    words = signing.loads(signed, salt=SALT, max_age=THINKING)
    logos = [images.kept(name) for name in words["logos"]]
    carried = Carried(words["title"], words["kind"], words["design"], logos)
    return carried, words["course_key"]
