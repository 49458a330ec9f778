from django.db import migrations

from peerwork.ground.retention.order import KeepNoOrder


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_initial")]
    operations = [KeepNoOrder("ground_slip"), KeepNoOrder("ground_spent"), KeepNoOrder("ground_papertoken")]
