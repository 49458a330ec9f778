"""Addresses of calls in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.support.line.switchboard import nameless_pages

urlpatterns = [
    path("line/asks/", nameless_pages.asks, name="asks"),
    path("line/asks/<str:box>/", nameless_pages.ask, name="ask"),
]
