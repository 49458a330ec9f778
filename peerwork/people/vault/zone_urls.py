"""The vault zone: ciphertext in, ciphertext out. zones.py refuses anything else before it gets here."""

from django.urls import path

from peerwork.people.vault import zone_pages

app_name = "v"

urlpatterns = [
    path("key/", zone_pages.key, name="key"),
    path("hours/", zone_pages.hours, name="hours"),
    path("hours/<str:day>/", zone_pages.hours_of_day, name="hours_of_day"),
]
