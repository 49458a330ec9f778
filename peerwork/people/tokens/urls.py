"""Addresses in the named zone. The keys and the boards have theirs in the nameless one (nameless_urls.py)."""

from django.urls import path

from peerwork.people.tokens import pages, paper_pages

app_name = "tokens"

urlpatterns = [
    path("tokens/", pages.my_rounds, name="rounds"),
    path("tokens/<str:round_id>/", pages.my_draw, name="draw"),
    path("counted/", pages.counted, name="counted"),
    path("run/paper/<str:round_id>/", paper_pages.paper, name="paper"),
    path("run/paper/<str:round_id>/envelopes/", paper_pages.sheet, name="envelopes"),
]
