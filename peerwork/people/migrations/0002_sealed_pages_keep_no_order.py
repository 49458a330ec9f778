from django.db import migrations

from peerwork.ground.retention.order import KeepNoOrder


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        KeepNoOrder("people_logpage"),
        KeepNoOrder("people_shelfpage"),
        KeepNoOrder("people_parcel"),
        KeepNoOrder("people_resealed"),
    ]
