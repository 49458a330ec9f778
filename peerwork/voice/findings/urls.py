"""A chain and its links: what was found, an answer to it, and the newest answer, which its own day may take back."""

from django.urls import path

from peerwork.voice.findings import pages

app_name = "findings"

urlpatterns = [
    path("", pages.finding_list, name="list"),
    path("new/", pages.new, name="new"),
    path("<uuid:finding_id>/", pages.finding, name="finding"),
    path("<uuid:finding_id>/removal/", pages.removal, name="removal"),
    path("<uuid:finding_id>/answer/", pages.answer, name="answer"),
    path("<uuid:finding_id>/answer/newest/", pages.newest, name="newest"),
]
