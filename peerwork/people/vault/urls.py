"""The owner's pages, in the named zone. What is sealed moves through /v/ (zone_urls.py)."""

from django.urls import path

from peerwork.people.vault import pages

app_name = "vault"

urlpatterns = [
    path("hours/", pages.hours, name="hours"),
    path("sealed/", pages.sealed, name="sealed"),
]
