"""A template for all courses, so that the first certificate needs no preparation."""

from datetime import UTC, datetime

from django.db import migrations

TEXTS = {
    "en": {
        "title": "Certificate",
        "presented": "This certificate is awarded to",
        "deed": "for completing the training course",
    },
    "ru": {
        "title": "Сертификат",
        "presented": "Настоящий сертификат выдан",
        "deed": "в подтверждение успешного завершения учебного курса",
    },
    "tg": {
        "title": "Сертификат",
        "presented": "Сертификати мазкур дода мешавад ба",
        "deed": "барои бомуваффақият хатм намудани курси омӯзишӣ",
    },
    "uz": {
        "title": "Sertifikat",
        "presented": "Ushbu sertifikat berildi:",
        "deed": "o‘quv kursini muvaffaqiyatli tamomlagani uchun",
    },
    "ky": {
        "title": "Сертификат",
        "presented": "Бул сертификат берилди:",
        "deed": "окуу курсун ийгиликтүү аяктагандыгы үчүн",
    },
    "kk": {
        "title": "Сертификат",
        "presented": "Осы сертификат берілді:",
        "deed": "оқу курсын сәтті аяқтағаны үшін",
    },
    "fa": {
        "title": "گواهی‌نامه",
        "presented": "این گواهی‌نامه اعطا می‌شود به",
        "deed": "برای به پایان رساندن موفقیت‌آمیز دورهٔ آموزشی",
    },
}


def add(apps, schema_editor):
    Template = apps.get_model("certificates", "CertificateTemplate")
    template, is_new = Template.objects.get_or_create(
        course_key=None, defaults={"title": "Completion"}
    )
    if is_new:
        template.versions.create(
            number=1,
            published_at=datetime(2026, 1, 1, tzinfo=UTC),
            content={
                "theme": "adras",
                "accent": "#1f4e79",
                "logos": [],
                "logo_images": [],
                "valid_months": None,
                "texts": {
                    code: words | {"issuer": "", "footer": ""}
                    for code, words in TEXTS.items()
                },
            },
        )


def remove(apps, schema_editor):
    """Unless something was issued with it: then it stays."""
    apps.get_model("certificates", "TemplateVersion").objects.filter(
        template__course_key=None, certificates=None
    ).delete()
    apps.get_model("certificates", "CertificateTemplate").objects.filter(
        course_key=None, versions=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_initial")]
    operations = [migrations.RunPython(add, remove)]
