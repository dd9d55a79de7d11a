from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from certificates.actions import templates as actions
from certificates.design import trying
from certificates.forms.carrying import DuplicateForm
from certificates.forms.papers import (
    is_of_site,
    language_of_reader,
    paper_languages,
)
from certificates.forms.templates import LOGOS, TEXTS, TemplateForm
from certificates.forms.trials import TrialForm
from certificates.issuer_day import day_of
from certificates.models import CertificateTemplate
from certificates.paper.layout import AREAS, PLACEHOLDERS
from courses import clock
from lms.forms.cohorts import NothingForm
from lms.viewsets.scoped import (
    ScopedInspectView,
    ScopedViewSet,
    StepView,
    VerbCreateView,
    VerbEditView,
)

from . import template_files, template_previews
from .by_course import ByCourseIndexView


class Editor:
    """The form in parts, and beside it what the paper looks like now."""

    template_name = "certificates/admin/template_form.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {
            "first": [form[name] for name in ("title", "course_key", "kind")],
            "look": [form[name] for name in ("theme", "second_language", "accent")],
            "rules": [form[name] for name in ("valid_months", "is_public")],
            "logos": [form[name] for name in LOGOS],
            "languages": list(_languages(form)),
            "page": [form[f"page_{area}"] for area in AREAS],
            "placeholders": PLACEHOLDERS.items(),
            "trial": TrialForm(self.request.POST or None),
            "try_url": self._try_url(),
            "signing": trying.who_signs(day_of(clock.now())),
        }

    def _try_url(self):
        if getattr(self, "object", None) and self.object.pk:
            return reverse("certificate_templates:try_changed", args=[self.object.pk])
        return reverse("certificate_templates:try")


def _languages(form):
    """Open is a language of the site, one with words, and one with a mistake."""
    for code, name in paper_languages():
        fields = [form[f"{text}_{code}"] for text in TEXTS]
        has_words = any(field.value() for field in fields)
        has_errors = any(field.errors for field in fields)
        yield {
            "code": code,
            "name": name,
            "fields": fields,
            "has_words": has_words,
            "is_open": has_errors or (is_of_site(code) and has_words is False),
            "has_errors": has_errors,
        }


class AddTemplateView(Editor, VerbCreateView):
    def save_instance(self):
        return _save(None, self.form, self.request.user)


class ChangeTemplateView(Editor, VerbEditView):
    def save_instance(self):
        return _save(self.object, self.form, self.request.user)


def _save(template, form, user):
    return actions.save_draft(
        template,
        title=form.cleaned_data["title"],
        course_key=form.cleaned_data["course_key"],
        kind=form.cleaned_data["kind"],
        content=form.content,
        by=user,
    )


class TemplateListView(ByCourseIndexView):
    @cached_property
    def columns(self):
        title, *others = super().columns
        # Sorted as it is stored, shown in the reader's language.
        title.accessor = str
        return [title, *others]

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            HeaderButton(
                _("Import"),
                url=reverse("certificate_templates:import"),
                icon_name="upload",
            ),
        ]


class TemplatePageView(ScopedInspectView):
    """Its versions, previews in each language, and the step to publish."""

    template_name = "certificates/admin/template.html"

    def get_page_title(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        rows = {
            "url": reverse("certificate_templates:index"),
            "label": _("Certificate templates"),
        }
        return [*self.breadcrumbs_items, rows, {"url": "", "label": str(self.object)}]

    @cached_property
    def header_buttons(self):
        newest = self.object.newest
        doors = [
            (_("Publish"), "publish", "check"),
            (_("Edit"), "edit", "edit"),
            (_("Duplicate"), "duplicate", "copy"),
            (_("Export"), "export", "download"),
            (_("History"), "history", "history"),
        ]
        if not newest or newest.published_at:
            del doors[0]
        return [self._button(*door, place) for place, door in enumerate(doors)]

    def _button(self, label, door, icon, place):
        """Wagtail puts them in the order of their places."""
        url = reverse(f"certificate_templates:{door}", args=[self.object.pk])
        return HeaderButton(label, url=url, icon_name=icon, priority=place)

    def get_context_data(self, **kwargs):
        versions = list(self.object.versions.order_by("-number"))
        return super().get_context_data(**kwargs) | {
            "versions": versions,
            "languages": paper_languages(),
            "language": language_of_reader(),
            "newest": versions[0] if versions else None,
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


class DuplicateView(PublishView):
    """A template of another course that begins with what this one says."""

    form_class = DuplicateForm
    page_title = _("Duplicate")
    explanation = _(
        "Makes a template for another course or kind that says what this one says "
        "now, as a draft. This one stays as it is."
    )
    success_message = _("The new template is here as a draft.")

    def get_initial(self):
        return {"title": str(self.subject), "kind": self.subject.kind}

    def take_step(self, **answers):
        self.made = actions.duplicate(self.subject, by=self.request.user, **answers)

    def get_success_url(self):
        return reverse("certificate_templates:edit", args=[self.made.pk])


class TemplateViewSet(ScopedViewSet):
    """Administrators only."""

    model = CertificateTemplate
    name = "certificate_templates"
    url_prefix = "training/certificate-templates"
    icon = "doc-full"
    doors = ScopedViewSet.doors | {"inspect"}
    inspect_view_enabled = True
    form_class = TemplateForm
    index_view_class = TemplateListView
    add_view_class = AddTemplateView
    edit_view_class = ChangeTemplateView
    inspect_view_class = TemplatePageView
    list_display = ["title", Column("get_kind_display", label=_("Kind"))]
    search_fields = ["title"]

    def get_urlpatterns(self):
        doors = {
            "publish/<int:pk>/": ("publish", PublishView),
            "duplicate/<int:pk>/": ("duplicate", DuplicateView),
            "export/<int:pk>/": ("export", template_files.ExportView),
            "import/": ("import", template_files.ImportView),
            "try/": ("try", template_previews.TryView),
            "try/<int:pk>/": ("try_changed", template_previews.TryView),
            "preview/<int:pk>/<str:language>/": (
                "preview",
                template_previews.PreviewView,
            ),
            "compare/<int:pk>/": ("compare", template_previews.CompareView),
            "version/<int:pk>/<int:number>/<str:language>/": (
                "version",
                template_previews.VersionView,
            ),
            "version/<int:pk>/<int:number>/<str:language>/picture/": (
                "version_picture",
                template_previews.PictureView,
            ),
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(route, self.construct_view(view), name=name)
                for route, (name, view) in doors.items()
            ),
        ]
