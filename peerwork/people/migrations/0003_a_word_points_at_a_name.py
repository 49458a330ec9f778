from django.db import migrations, models


def let_the_words_go(apps, schema_editor):
    """They are good for fourteen days at most. A peer gives theirs again, this time to a name."""
    apps.get_model("people", "Vouch").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0002_logs_keep_no_order")]
    operations = [
        migrations.RunPython(let_the_words_go, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="vouch", name="nobody_vouches_for_themselves"),
        migrations.RemoveField(model_name="vouch", name="person"),
        migrations.AddField(
            model_name="vouch", name="name", field=models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.AddConstraint(
            model_name="vouch",
            constraint=models.UniqueConstraint(fields=["name", "by"], name="one_word_from_each_for_a_name"),
        ),
    ]
