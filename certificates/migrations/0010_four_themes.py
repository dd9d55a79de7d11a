"""The first theme under its new name, and a template for each other kind."""

from datetime import UTC, datetime

from django.db import migrations

# Kind, title of the template, theme, and what it says by language.
TEMPLATES = [
    (
        "attendance",
        "Statement of attendance",
        "statement",
        {
            "en": ("Statement of attendance", "This is to state that", "attended the training course"),
            "ru": ("Справка об участии", "Настоящая справка подтверждает участие:", "в учебном курсе"),
            "tg": ("Маълумотнома дар бораи иштирок", "Бо ин тасдиқ карда мешавад, ки", "дар курси омӯзишӣ иштирок кардааст"),
            "uz": ("Qatnashganlik to‘g‘risida ma’lumotnoma", "Ushbu ma’lumotnoma tasdiqlaydi:", "o‘quv kursida qatnashgan"),
            "ky": ("Катышкандыгы тууралуу маалымкат", "Ушуну менен тастыкталат:", "окуу курсуна катышкан"),
            "kk": ("Қатысқаны туралы анықтама", "Осымен расталады:", "оқу курсына қатысты"),
            "fa": ("گواهی حضور", "بدین‌وسیله گواهی می‌شود که", "در دورهٔ آموزشی حضور داشته است"),
        },
    ),
    (
        "distinction",
        "Distinction",
        "guilloche",
        {
            "en": ("Certificate of distinction", "This certificate is awarded to", "for completing with distinction the training course"),
            "ru": ("Сертификат с отличием", "Настоящий сертификат выдан", "в подтверждение завершения с отличием учебного курса"),
            "tg": ("Сертификати аъло", "Сертификати мазкур дода мешавад ба", "барои бо баҳои аъло хатм намудани курси омӯзишӣ"),
            "uz": ("Imtiyozli sertifikat", "Ushbu sertifikat berildi:", "o‘quv kursini a’lo natija bilan tamomlagani uchun"),
            "ky": ("Артыкчылык сертификаты", "Бул сертификат берилди:", "окуу курсун артыкчылык менен аяктагандыгы үчүн"),
            "kk": ("Үздік сертификат", "Осы сертификат берілді:", "оқу курсын үздік аяқтағаны үшін"),
            "fa": ("گواهی‌نامهٔ ممتاز", "این گواهی‌نامه اعطا می‌شود به", "برای به پایان رساندن دورهٔ آموزشی با رتبهٔ ممتاز"),
        },
    ),
    (
        "trainer",
        "Trainer",
        "guilloche",
        {
            "en": ("Trainer’s certificate", "This certificate is awarded to", "for conducting the training course"),
            "ru": ("Сертификат тренера", "Настоящий сертификат выдан", "за проведение учебного курса"),
            "tg": ("Сертификати тренер", "Сертификати мазкур дода мешавад ба", "барои гузаронидани курси омӯзишӣ"),
            "uz": ("Trener sertifikati", "Ushbu sertifikat berildi:", "o‘quv kursini o‘tkazgani uchun"),
            "ky": ("Тренердин сертификаты", "Бул сертификат берилди:", "окуу курсун өткөргөндүгү үчүн"),
            "kk": ("Тренер сертификаты", "Осы сертификат берілді:", "оқу курсын өткізгені үшін"),
            "fa": ("گواهی‌نامهٔ مربی", "این گواهی‌نامه اعطا می‌شود به", "برای برگزاری دورهٔ آموزشی"),
        },
    ),
]


def rename(apps, schema_editor):
    _change_theme(apps, "adras", "guilloche")


def name_back(apps, schema_editor):
    _change_theme(apps, "guilloche", "adras")


def _change_theme(apps, old, new):
    """What was issued keeps what it says: it is drawn the same under both names."""
    for version in apps.get_model("certificates", "TemplateVersion").objects.all():
        if version.content["theme"] == old:
            version.content["theme"] = new
            version.save(update_fields=["content"])


def add(apps, schema_editor):
    Template = apps.get_model("certificates", "CertificateTemplate")
    for kind, title, theme, words in TEMPLATES:
        template, is_new = Template.objects.get_or_create(
            course_key=None, kind=kind, defaults={"title": title}
        )
        if is_new:
            template.versions.create(
                number=1,
                published_at=datetime(2026, 1, 1, tzinfo=UTC),
                content=_content(theme, words),
            )


def _content(theme, words):
    return {
        "theme": theme,
        "accent": "#1f4e79",
        "logos": [],
        "logo_images": [],
        "valid_months": None,
        "texts": {
            code: {
                "title": title,
                "presented": presented,
                "deed": deed,
                "issuer": "",
                "footer": "",
            }
            for code, (title, presented, deed) in words.items()
        },
    }


def remove(apps, schema_editor):
    """Unless something was issued with it: then it stays."""
    kinds = [kind for kind, *_rest in TEMPLATES]
    apps.get_model("certificates", "TemplateVersion").objects.filter(
        template__course_key=None, template__kind__in=kinds, certificates=None
    ).delete()
    apps.get_model("certificates", "CertificateTemplate").objects.filter(
        course_key=None, kind__in=kinds, versions=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("certificates", "0009_awards_and_votes")]
    operations = [
        migrations.RunPython(rename, name_back),
        migrations.RunPython(add, remove),
    ]
