from django.conf import settings
from django.db import models


class Meeting(models.Model):
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=80)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL)

    class Meta:
        app_label = "bare"
