"""The text people agree to, version by version; and consents on paper.

The text is for administrators. A paper is entered by who may change the person.
"""

from django.conf import settings
from django.db.models import Count, Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton

from lms.actions import consents as actions
from lms.forms.cohorts import NothingForm
from lms.forms.consents import ConsentTextForm, PaperForm, PublishForm
from lms.models import Consent, ConsentText

from .scoped import (
    PersonStepView,
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
    StepView,
    VerbCreateView,
    VerbEditView,
)


class DraftView(VerbCreateView):
    page_subtitle = _("New version")

    def save_instance(self):
        return actions.draft(self.form.texts, by=self.request.user)

    def get_success_url(self):
        return reverse("lms_consents:inspect", args=[self.object.pk])


class ChangeDraftView(VerbEditView):
    """Of drafts only: for what is published this page does not exist."""

    def rows(self):
        return super().rows().filter(published_at=None)

    def save_instance(self):
        return actions.change(self.object, self.form.texts, by=self.request.user)

    def get_success_url(self):
        return reverse("lms_consents:inspect", args=[self.object.pk])


class VersionsView(ScopedIndexView):
    def get_base_queryset(self):
        given = Q(consents__withdrawn_at=None, consents__person__merged_into=None)
        agreed = Count("consents__person", filter=given, distinct=True)
        return super().get_base_queryset().annotate(agreed=agreed)

    def get_list_more_buttons(self, instance):
        if not instance.is_draft:
            return []
        url = reverse("lms_consents:edit", args=[instance.pk])
        return [Button(gettext("Edit"), url=url, icon_name="edit")]


class VersionView(ScopedInspectView):
    """The words as people read them, and who agreed, as figures."""

    page_title = _("Consent text")
    template_name = "lms/admin/consent_text.html"

    @cached_property
    def header_buttons(self):
        if not self.object.is_draft:
            return []
        edit = reverse("lms_consents:edit", args=[self.object.pk])
        publish = reverse("lms_consents:publish", args=[self.object.pk])
        return [
            HeaderButton(gettext("Edit"), url=edit, icon_name="edit"),
            HeaderButton(gettext("Publish"), url=publish, icon_name="check"),
        ]

    def get_context_data(self, **kwargs):
        rows = self.object.consents.filter(person__merged_into=None)
        return super().get_context_data(**kwargs) | {
            "words": [(*one, []) for one in in_languages(self.object)],
            "counts": rows.aggregate(
                online=Count("pk", Q(withdrawn_at=None, how=Consent.How.ONLINE)),
                paper=Count("pk", Q(withdrawn_at=None, how=Consent.How.PAPER)),
                withdrawn=Count("pk", ~Q(withdrawn_at=None)),
            ),
        }


class PublishView(StepView):
    """The words once more, and under them the question whether they are meant."""

    model = ConsentText
    form_class = PublishForm
    template_name = "lms/admin/publish_consent.html"
    page_title = _("Publish")
    explanation = _(
        "From now on people are asked about this version, and it is never changed. "
        "What they agreed to before holds until they withdraw it."
    )
    success_message = _("Published. People are asked on their pages.")

    def get_initial(self):
        texts = self.subject.texts
        return {actions.field_of(code): text for code, text in texts.items()}

    def take_step(self, **read):
        codes = [code for code, _name in settings.LANGUAGES]
        text = ConsentText(
            pk=self.subject.pk,
            texts={code: read[actions.field_of(code)] for code in codes},
        )
        actions.publish(text, by=self.request.user)

    def get_context_data(self, **kwargs):
        """What a language lacks is said where its words would stand."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        words = [
            (*one, form[actions.field_of(one[0])].errors)
            for one in in_languages(self.subject)
        ]
        return context | {"words": words}

    def came_from(self):
        url = reverse("lms_consents:inspect", args=[self.subject.pk])
        return url, str(self.subject)


class EnterPaperView(PersonStepView):
    form_class = PaperForm
    page_title = _("Enter a consent on paper")
    explanation = _(
        "Only for a paper with this very text that the person has signed. Keep the "
        "paper. Your name is kept beside theirs."
    )
    success_message = _("Entered.")

    def get_initial(self):
        return {"language": self.subject.locale}

    def take_step(self, **answers):
        actions.enter_paper(self.subject, by=self.request.user, **answers)


class WithdrawView(PersonStepView):
    form_class = NothingForm
    page_title = _("Withdraw the consent")
    explanation = _(
        "For who has told you so. It ends every consent the person has given, at once. "
        "Courses and certificates stay as they are."
    )
    success_message = _("Withdrawn.")

    def take_step(self):
        actions.withdraw(self.subject, by=self.request.user)


def in_languages(text: ConsentText) -> list[tuple[str, str, str]]:
    """Code, name and words of every language of the site; empty where missing."""
    return [
        (code, gettext(name), text.texts.get(code, ""))
        for code, name in settings.LANGUAGES
    ]


class ConsentTextViewSet(ScopedViewSet):
    model = ConsentText
    name = "lms_consents"
    url_prefix = "training/consent"
    icon = "clipboard-list"
    menu_label = _("Consent text")
    doors = {"index", "index_results", "add", "edit", "inspect"}
    inspect_view_enabled = True
    inspect_view_fields = ["version", "published_at"]
    form_class = ConsentTextForm
    index_view_class = VersionsView
    add_view_class = DraftView
    edit_view_class = ChangeDraftView
    inspect_view_class = VersionView
    list_display = [
        "__str__",
        "published_at",
        Column("agreed", label=_("People who agree"), sort_key="agreed"),
    ]
    list_export = ["version", "published_at", "agreed"]

    def get_urlpatterns(self):
        publish = self.construct_view(PublishView)
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", publish, name="publish"),
        ]
