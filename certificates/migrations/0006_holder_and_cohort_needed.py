import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0005_holders_and_numbers")]

    operations = [
        migrations.AlterField(
            model_name="certificate",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="lms.person",
                verbose_name="holder",
            ),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="certificates",
                to="lms.cohort",
                verbose_name="cohort",
            ),
        ),
    ]
