"""Addresses of this room in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.voice.themes import nameless_pages

urlpatterns = [
    path("themes/", nameless_pages.say, name="themes"),
    path("hints/", nameless_pages.look, name="hints"),
]
