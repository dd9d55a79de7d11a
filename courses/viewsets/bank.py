"""The question bank: questions, their categories, and the words of the field."""

import json

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import (
    EditView as SnippetEditView,
)
from wagtail.snippets.views.snippets import (
    IndexView as SnippetIndexView,
)
from wagtail.snippets.views.snippets import (
    SnippetViewSet,
    SnippetViewSetGroup,
)

from courses.actions.exporting import may_export
from courses.actions.importing import may_import
from courses.forms.questions import QuestionForm
from courses.kinds import every_kind
from courses.models import GlossaryTerm, Question, QuestionCategory, QuestionTag
from courses.usage import uses_of
from courses.views.bank import buttons_for

from .bank_filters import QuestionFilterSet
from .choosing import BankChooserViewSet


def _of_kinds(name: str, **options) -> FieldPanel:
    """A field that is shown only for the kinds that use it; to all without a script."""
    users = [kind.key for kind in every_kind() if name in kind.fields]
    rules = {"data-w-rules-target": "show", "data-w-rules": json.dumps({"kind": users})}
    return FieldPanel(name, attrs=rules, **options)


class UsesColumn(Column):
    """In how many quizzes it is asked, with a link to them; and what keeps it out."""

    cell_template_name = "courses/admin/uses_cell.html"


class FactsColumn(Column):
    cell_template_name = "courses/admin/facts_cell.html"


class QuestionEditView(SnippetEditView):
    @cached_property
    def header_more_buttons(self):
        own = buttons_for(self.object, self.request.user)
        return [*super().header_more_buttons, *own]


class QuestionIndexView(SnippetIndexView):
    """The list of questions, with the ways in and out for files."""

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("category")

    def get_context_data(self, *args, **kwargs):
        """The uses and tags of the questions of this page, asked for together."""
        context = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        uses = uses_of(row.translation_key for row in rows)
        tags = QuestionTag.objects.filter(content_object__in=rows).names()
        for row in rows:
            row.tag_names = tags.get(row.pk, [])
            row.uses = len(uses[row.translation_key])
        return context

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        return [*buttons, *buttons_for(instance, self.request.user)]

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        user, asked = self.request.user, self.request.GET.urlencode()
        if may_import(user):
            address = reverse("courses_exchange:import")
            label = _("Import questions")
            buttons.append(Button(label, address, icon_name="upload", priority=60))
        if may_export(user):
            address = f"{reverse('courses_exchange:export')}?{asked}"
            label = _("Export questions")
            buttons.append(Button(label, address, icon_name="download", priority=61))
        return buttons


class QuestionViewSet(SnippetViewSet):
    model = Question
    index_view_class = QuestionIndexView
    edit_view_class = QuestionEditView
    chooser_viewset_class = BankChooserViewSet
    icon = "help"
    menu_label = _("Questions")
    add_to_reference_index = True
    list_display = [
        "__str__",
        LocaleColumn(label=_("Language")),
        "kind",
        "category",
        FactsColumn("difficulty", label=_("Difficulty")),
        UsesColumn("uses", label=_("Quizzes")),
        UpdatedAtColumn(label=_("Updated")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    filterset_class = QuestionFilterSet
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("stem"),
            _of_kinds("choices"),
            _of_kinds("is_true"),
            _of_kinds("number"),
            _of_kinds("tolerance"),
            _of_kinds("tolerance_is_percent"),
            _of_kinds("is_unit_needed"),
            _of_kinds("accepted"),
            _of_kinds("parts"),
            _of_kinds("is_all_or_nothing"),
            FieldPanel("explanation"),
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("category"),
                    FieldPanel("topic"),
                    FieldPanel("difficulty"),
                    FieldPanel("tags"),
                    FieldPanel("jurisdiction"),
                    FieldPanel("review_on"),
                ],
                heading=_("Where it stands in the bank"),
            ),
            FieldPanel("is_small_fix"),
        ],
        base_form_class=QuestionForm,
        attrs={
            "data-controller": "w-rules",
            "data-action": "change->w-rules#resolve",
        },
    )


class QuestionCategoryViewSet(SnippetViewSet):
    model = QuestionCategory
    chooser_viewset_class = BankChooserViewSet
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    list_display = ["path"]
    search_fields = ["path"]
    panels = [
        FieldPanel(
            "path",
            help_text=_("The course, then the subject: foundations/definition."),
        )
    ]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    chooser_viewset_class = BankChooserViewSet
    icon = "openquote"
    menu_label = _("Words explained")
    list_display = ["term", LocaleColumn(label=_("Language")), "definition"]
    list_per_page = 50
    panels = [
        FieldPanel("term"),
        FieldPanel(
            "definition", help_text=_("Two sentences that need no other special word.")
        ),
        FieldPanel(
            "slug", help_text=_("The same in every language, in Latin letters.")
        ),
    ]


class QuestionBankGroup(SnippetViewSetGroup):
    menu_label = _("Question bank")
    menu_icon = "help"
    menu_order = 160
    items = (QuestionViewSet, QuestionCategoryViewSet, GlossaryTermViewSet)
