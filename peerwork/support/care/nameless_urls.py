"""Addresses of this room in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.support.care import nameless_pages

urlpatterns = [
    path("debrief/", nameless_pages.debrief, name="debrief"),
]
