from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton

from certificates.actions import templates as actions
from certificates.forms.templates import SignatoryForm, TemplateForm
from certificates.models import CertificateTemplate, Signatory
from certificates.rendering import render
from certificates.sample import sample
from lms.forms.cohorts import NothingForm
from lms.viewsets.scoped import (
    RowsOfUser,
    ScopedInspectView,
    ScopedViewSet,
    StepView,
    VerbCreateView,
    VerbEditView,
)


class AddTemplateView(VerbCreateView):
    def save_instance(self):
        return _save(None, self.form, self.request.user)


class ChangeTemplateView(VerbEditView):
    def save_instance(self):
        return _save(self.object, self.form, self.request.user)


def _save(template, form, user):
    return actions.save_draft(
        template,
        title=form.cleaned_data["title"],
        course_key=form.cleaned_data["course_key"],
        content=form.content,
        by=user,
    )


class TemplatePageView(ScopedInspectView):
    """Its versions, previews in each language, and the step to publish."""

    template_name = "certificates/admin/template.html"

    def get_page_title(self):
        return self.object.title

    def get_breadcrumbs_items(self):
        rows = {
            "url": reverse("certificate_templates:index"),
            "label": _("Certificate templates"),
        }
        return [*self.breadcrumbs_items, rows, {"url": "", "label": str(self.object)}]

    @cached_property
    def header_buttons(self):
        edit = reverse("certificate_templates:edit", args=[self.object.pk])
        buttons = [HeaderButton(_("Edit"), url=edit, icon_name="edit")]
        newest = self.object.newest
        if newest and newest.published_at is None:
            publish = reverse("certificate_templates:publish", args=[self.object.pk])
            buttons.append(HeaderButton(_("Publish"), url=publish, icon_name="check"))
        return buttons

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "versions": list(self.object.versions.order_by("-number")),
            "languages": settings.LANGUAGES,
        }


class PublishView(StepView):
    model = CertificateTemplate
    form_class = NothingForm
    permission_required = "change"
    page_title = _("Publish")
    explanation = _(
        "From now on certificates are issued with the newest version. "
        "What was issued before stays as it is."
    )
    success_message = _("The version is published.")

    def take_step(self):
        actions.publish(self.subject, by=self.request.user)

    def came_from(self):
        url = reverse("certificate_templates:inspect", args=[self.subject.pk])
        return url, str(self.subject)


class PreviewView(RowsOfUser, PermissionCheckedMixin, View):
    """The newest version as a PDF with invented data."""

    permission_required = "change"
    model = CertificateTemplate

    def get(self, request, pk, language):
        template = self.row(pk, "change")
        if template.newest is None or language not in dict(settings.LANGUAGES):
            messages.error(request, _("There is nothing to show yet."))
            return redirect("certificate_templates:inspect", pk)
        pdf = render(sample(template.newest, language), language)
        return HttpResponse(pdf, content_type="application/pdf")


class TemplateViewSet(ScopedViewSet):
    """Administrators only."""

    model = CertificateTemplate
    name = "certificate_templates"
    url_prefix = "training/certificate-templates"
    icon = "doc-full"
    doors = ScopedViewSet.doors | {"inspect"}
    inspect_view_enabled = True
    form_class = TemplateForm
    add_view_class = AddTemplateView
    edit_view_class = ChangeTemplateView
    inspect_view_class = TemplatePageView
    list_display = ["title"]
    search_fields = ["title"]

    def get_urlpatterns(self):
        publish = self.construct_view(PublishView)
        preview = self.construct_view(PreviewView)
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", publish, name="publish"),
            path("preview/<int:pk>/<str:language>/", preview, name="preview"),
        ]


class AddSignatoryView(VerbCreateView):
    def save_instance(self):
        return actions.add_signatory(by=self.request.user, **self.form.answers)


class ChangeSignatoryView(VerbEditView):
    def save_instance(self):
        return actions.change_signatory(
            self.object, by=self.request.user, **self.form.answers
        )


class SignatoryViewSet(ScopedViewSet):
    """Administrators only."""

    model = Signatory
    name = "certificate_signatories"
    url_prefix = "training/signatories"
    icon = "edit"
    form_class = SignatoryForm
    add_view_class = AddSignatoryView
    edit_view_class = ChangeSignatoryView
    list_display = ["name", "place", "since", "until"]
    search_fields = ["name"]
