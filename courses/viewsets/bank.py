"""The question bank: questions, their categories, and the words of the field."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.forms.questions import QuestionForm
from courses.models import GlossaryTerm, Question, QuestionCategory

from .choosing import BankChooserViewSet


class QuestionViewSet(SnippetViewSet):
    model = Question
    chooser_viewset_class = BankChooserViewSet
    icon = "help"
    menu_label = _("Questions")
    add_to_reference_index = True
    list_display = [
        "__str__",
        LocaleColumn(label=_("Language")),
        "kind",
        "category",
        "difficulty",
        UpdatedAtColumn(label=_("Updated")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    list_filter = ["kind", "category", "difficulty", "topic"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("stem"),
            FieldPanel("choices"),
            MultiFieldPanel(
                [
                    FieldPanel("is_true"),
                    FieldPanel("number"),
                    FieldPanel("tolerance"),
                    FieldPanel("accepted"),
                ],
                heading=_("The right answer, for questions without choices"),
            ),
            FieldPanel("explanation"),
            MultiFieldPanel(
                [
                    FieldPanel("category"),
                    FieldPanel("topic"),
                    FieldPanel("difficulty"),
                ],
                heading=_("Where it stands in the bank"),
            ),
        ],
        base_form_class=QuestionForm,
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
