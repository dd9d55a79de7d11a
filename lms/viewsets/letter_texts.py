"""The words of letters, changed by administrators; everybody else is refused."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from lms.actions.letter_texts import back_to_default, refuse_unknown, save_text
from lms.actions.refusal import Refused
from lms.forms.letter_texts import LetterTextForm
from lms.letters.composing import text_of, tried
from lms.letters.kinds import Kind, UnknownKind, all_kinds, kind_of
from lms.models import Enrolment, LetterText, Person
from lms.roles import is_administrator


class ForAdministrators(WagtailAdminTemplateMixin):
    page_title = _("Texts of letters")
    header_icon = "mail"
    index_url = reverse_lazy("lms_letter_texts:index")

    def dispatch(self, request, *args, **kwargs):
        if not is_administrator(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class LetterTextsView(ForAdministrators, TemplateView):
    """Every kind and language, and which of them say the organisation's own words."""

    template_name = "lms/admin/letter_texts.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        own = set(LetterText.objects.values_list("kind", "locale"))
        kinds = [kind for kind in all_kinds() if not kind.is_written_by_staff]
        return super().get_context_data(**kwargs) | {
            "kinds": [
                (
                    kind,
                    [(*one, (kind.key, one[0]) in own) for one in settings.LANGUAGES],
                )
                for kind in kinds
            ]
        }


class LetterTextView(ForAdministrators, FormView):
    """One form, three buttons: try the words, keep them, take the default again."""

    form_class = LetterTextForm
    template_name = "lms/admin/letter_text.html"
    success_url = ForAdministrators.index_url
    preview: tuple[str, str] | None = None

    @cached_property
    def kind(self) -> Kind:
        try:
            kind = kind_of(self.kwargs["kind"])
        except UnknownKind:
            raise Http404 from None
        if kind.is_written_by_staff or self.language not in dict(settings.LANGUAGES):
            raise Http404
        return kind

    @property
    def language(self) -> str:
        return self.kwargs["language"]

    def get_page_subtitle(self):
        return f"{self.kind.title}: {dict(settings.LANGUAGES)[self.language]}"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.index_url, "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_initial(self):
        subject, body = text_of(self.kind, self.language)
        return {"subject": subject, "body": body}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"for_user": self.request.user}

    def post(self, request, *args, **kwargs):
        if "default" in request.POST:
            back_to_default(self.kind, locale=self.language, by=request.user)
            messages.success(request, _("The default words are used again."))
            return HttpResponseRedirect(request.path)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        person = form.cleaned_data.pop("person")
        try:
            if "preview" in self.request.POST:
                return self._try(form, person)
            words = {"locale": self.language, **form.cleaned_data}
            save_text(self.kind, by=self.request.user, **words)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        messages.success(self.request, _("These words are used from now on."))
        return super().form_valid(form)

    def _try(self, form, person: Person | None):
        """Shows the words as they would be read; keeps nothing."""
        words = form.cleaned_data
        refuse_unknown(self.kind, words)
        place = Enrolment.objects.filter(person=person).order_by("-pk").first()
        self.preview = tried(
            self.kind, self.language, person=person, place=place, **words
        )
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        own = LetterText.objects.filter(kind=self.kind.key, locale=self.language)
        return super().get_context_data(**kwargs) | {
            "kind": self.kind,
            "language": self.language,
            "is_own": own.exists(),
            "preview": self.preview,
        }


class LetterTextsMenuItem(MenuItem):
    def is_shown(self, request):
        return is_administrator(request.user)


class LetterTextViewSet(ViewSet):
    """Under Settings: the words are the whole site's, not one cohort's."""

    name = "lms_letter_texts"
    url_prefix = "training/letter-texts"
    icon = "mail"
    menu_label = _("Texts of letters")
    menu_hook = "register_settings_menu_item"
    menu_item_class = LetterTextsMenuItem
    add_to_admin_menu = True

    @property
    def menu_url(self):
        return LetterTextsView.index_url

    def get_urlpatterns(self):
        edit = LetterTextView.as_view()
        return [
            path("", LetterTextsView.as_view(), name="index"),
            path("<str:language>/<path:kind>/", edit, name="edit"),
        ]
