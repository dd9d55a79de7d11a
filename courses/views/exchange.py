"""Questions in and out: choose, look, import; and choose, take away."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from courses.actions.exporting import export_questions, may_export
from courses.actions.import_plan import Outcome, plan_import
from courses.actions.importing import (
    import_questions,
    keep_questions,
    may_import,
    may_look_at,
    may_publish,
)
from courses.exchange.formats import WRITABLE
from courses.forms.exchange import ExportForm, ImportForm
from courses.models import QuestionUpload

# By what both the list and a file of questions are narrowed.
FILTERS = ("category", "kind", "difficulty", "topic", "tag", "jurisdiction")
BANK = "wagtailsnippets_courses_question:list"
_WORDS = {
    Outcome.NEW: gettext_lazy("New"),
    Outcome.CHANGED: gettext_lazy("Changed: a new version"),
    Outcome.SAME: gettext_lazy("There already"),
    Outcome.REFUSED: gettext_lazy("Refused"),
}


class OfBank(WagtailAdminTemplateMixin):
    """A page under the question bank, for those who may do this there."""

    header_icon = "help"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.is_allowed(request.user):
            raise PermissionDenied

    def is_allowed(self, user) -> bool:
        return may_import(user)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(BANK), "label": _("Questions")},
            {"url": "", "label": self.page_title},
        ]


class ImportView(OfBank, FormView):
    """Choose a file or paste; what cannot be read is refused beside the field."""

    page_title = gettext_lazy("Import questions")
    form_class = ImportForm
    template_name = "courses/admin/question_import.html"

    def form_valid(self, form):
        upload = keep_questions(
            form.content,
            name=form.file_name,
            locale=form.cleaned_data["locale"],
            category=form.cleaned_data["category"],
            by=self.request.user,
        )
        return redirect("courses_exchange:check", upload.pk)


class CheckView(OfBank, TemplateView):
    """The dry run, and one button; once imported, what was done."""

    page_title = gettext_lazy("Look before importing")
    template_name = "courses/admin/question_check.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.upload = get_object_or_404(QuestionUpload, pk=kwargs["pk"])
        if not may_look_at(request.user, self.upload):
            raise Http404

    def post(self, request, *args, **kwargs):
        left_out = {int(p) for p in request.POST.getlist("leave_out") if p.isdecimal()}
        places = set() if self.upload.applied_at else self.places() - left_out
        if not places and not self.upload.applied_at:
            messages.error(request, _("Nothing is left to import."))
            return self.render_to_response(self.get_context_data(left_out=left_out))
        import_questions(self.upload, by=request.user, chosen=places)
        return redirect("courses_exchange:check", self.upload.pk)

    def places(self) -> set[int]:
        return {line.place for line in self.plan().to_write}

    def plan(self):
        return plan_import(
            bytes(self.upload.content),
            category=self.upload.category,
            language=self.upload.language,
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"upload": self.upload}
        if self.upload.applied_at:
            return context | {"result": self.upload.result}
        plan = self.plan()
        return context | {
            "format": plan.format.label,
            "counts": [(word, len(plan.of(o))) for o, word in _WORDS.items()],
            "lines": [(line, _WORDS[line.outcome]) for line in plan.lines],
            "button": self.button(len(plan.to_write)),
        }

    def button(self, count: int) -> str:
        """ "" when there is nothing to do."""
        if not count:
            return ""
        if may_publish(self.request.user):
            text = ngettext(
                "Import and publish %(count)s question",
                "Import and publish %(count)s questions",
                count,
            )
        else:
            text = ngettext(
                "Import %(count)s question and send it to review",
                "Import %(count)s questions and send them to review",
                count,
            )
        return text % {"count": count}


class ExportView(OfBank, FormView):
    """Which questions and as what; the file comes by a POST, because it is logged."""

    page_title = gettext_lazy("Export questions")
    form_class = ExportForm
    template_name = "courses/admin/question_export.html"

    def is_allowed(self, user) -> bool:
        return may_export(user)

    def get_initial(self):
        """What the list was filtered by; it names a language by its code."""
        asked = self.request.GET
        initial = {name: asked[name] for name in FILTERS if asked.get(name)}
        locale = Locale.objects.filter(language_code=asked.get("locale", "")).first()
        return initial | ({"locale": locale.pk} if locale else {})

    def form_valid(self, form):
        as_ = WRITABLE[form.cleaned_data["format"]]
        writing = export_questions(form.questions(), as_=as_, by=self.request.user)
        if writing.left_out and "anyway" not in self.request.POST:
            context = self.get_context_data(form=form, left_out=writing.left_out)
            return self.render_to_response(context)
        response = HttpResponse(writing.content, content_type=as_.content_type)
        name = f'attachment; filename="questions.{as_.suffix}"'
        response["Content-Disposition"] = name
        return response
