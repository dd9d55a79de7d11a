"""Asking for a file of names, waiting for it, and taking it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses import clock
from lms import scoping
from lms.actions.exports import start_export, take
from lms.actions.people_files import PEOPLE
from lms.actions.refusal import Refused
from lms.forms.exports import PurposeForm
from lms.models import DataExport, Export
from lms.reports.answering import form_for
from lms.reports.asker import asker
from lms.reports.dataset import report
from lms.roles import is_administrator


class OfExports(WagtailAdminTemplateMixin):
    """A page about files: for those who may see people somewhere."""

    header_icon = "download"
    page_title = gettext_lazy("Files of people")

    def dispatch(self, request, *args, **kwargs):
        if not scoping.may_anywhere(request.user, "see"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lms_reports:index"), "label": _("Training reports")},
            {"url": "", "label": self.page_title},
        ]


class StartExportView(OfExports, FormView):
    """Asks the purpose and starts the job; the address holds the report's question."""

    form_class = PurposeForm
    template_name = "lms/admin/report_purpose.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.report = report(kwargs["key"])
        except KeyError:
            raise Http404 from None

    def dispatch(self, request, *args, **kwargs):
        self.back = f"{reverse('lms_reports:report', args=[self.report.key])}?" + (
            request.GET.urlencode()
        )
        who = asker(request.user, whose=request.GET.get("whose", ""))
        if who.is_observer or self.report.people is None:
            raise PermissionDenied
        self.question = form_for(self.report, request.GET, who)
        if not self.question.is_valid():
            return redirect(self.back)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        chosen, period = form.cleaned_data["format"], self.question.period
        try:
            export = start_export(
                PEOPLE,
                params={
                    "report": self.report.key,
                    "query": self.request.GET.urlencode(),
                    "format": chosen,
                },
                name=f"{self.report.key}-{period.first}-{period.last}.{chosen}",
                purpose=form.cleaned_data["purpose"],
                by=self.request.user,
            )
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        return redirect("lms_reports:export", export.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "back": self.back,
        }


class ExportListView(OfExports, ListView):
    """The files one has asked for."""

    template_name = "lms/admin/report_exports.html"
    paginate_by = 50

    @property
    def may_copy(self) -> bool:
        return is_administrator(self.request.user)

    def get_queryset(self):
        return Export.objects.filter(by=self.request.user)

    def get_context_data(self, **kwargs):
        """With copies of somebody's data, which the person may take as well."""
        mine = DataExport.objects.filter(
            asked_by=self.request.user, expires_at__gt=clock.now()
        )
        others = mine.exclude(person__user=self.request.user)
        copies = others.select_related("person") if self.may_copy else others.none()
        return super().get_context_data(**kwargs) | {"copies": copies}


class ExportView(OfExports, TemplateView):
    """One file: how far it is; a POST takes it. Nobody else's exists."""

    template_name = "lms/admin/report_export.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        mine = Export.objects.filter(by_id=request.user.pk)
        self.export = get_object_or_404(mine, pk=kwargs["pk"])
        self.page_title = self.export.name

    def post(self, request, *args, **kwargs):
        try:
            file = take(self.export, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("lms_reports:export", self.export.pk)
        return FileResponse(file.open(), as_attachment=True, filename=self.export.name)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "export": self.export,
            "is_ready": self.export.is_ready(clock.now()),
        }
