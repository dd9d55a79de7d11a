from django.db import migrations, models


def name_the_kind(apps, schema_editor):
    """Editions named courses only; each of them was one to complete."""
    for edition in _that_require(apps):
        edition.prerequisites = [
            {"course": key, "kind": "completed"} for key in edition.prerequisites
        ]
        edition.save(update_fields=["prerequisites"])


def forget_the_kind(apps, schema_editor):
    for edition in _that_require(apps):
        edition.prerequisites = [one["course"] for one in edition.prerequisites]
        edition.save(update_fields=["prerequisites"])


def _that_require(apps):
    editions = apps.get_model("courses", "Edition").objects.only("prerequisites")
    return [edition for edition in editions.iterator() if edition.prerequisites]


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_indicators")]

    operations = [
        migrations.AddField(
            model_name="prerequisite",
            name="kind",
            field=models.CharField(
                choices=[
                    ("completed", "Completed"),
                    ("certificate", "Has a valid certificate"),
                ],
                default="completed",
                help_text="A certificate may expire; what is completed stays so.",
                max_length=20,
                verbose_name="what is needed",
            ),
        ),
        migrations.RunPython(name_the_kind, forget_the_kind),
    ]
