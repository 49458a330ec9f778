"""Addresses of calls in the named zone. A device asks for them; no page links to them."""

from django.urls import path

from peerwork.support.line.switchboard import asking_pages, supporter_pages

app_name = "calls"

urlpatterns = [
    path("talk/now/", asking_pages.now, name="now"),
    path("line/rings/", supporter_pages.what_rings, name="rings"),
    path("line/calls/<str:call>/", supporter_pages.one_call, name="call"),
    path("line/bells/", supporter_pages.my_bells, name="bells"),
]
