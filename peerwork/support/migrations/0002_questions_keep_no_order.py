from django.db import migrations

from peerwork.ground.retention.order import KeepNoOrder


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [
        KeepNoOrder("support_agendaitem"),
        KeepNoOrder("support_debriefask"),
        KeepNoOrder("support_never"),
        KeepNoOrder("support_complaint"),
    ]
