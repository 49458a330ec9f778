"""Addresses of this room in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.voice.consultation import nameless_pages

urlpatterns = [
    path("consultation/", nameless_pages.consultation, name="consultation"),
]
