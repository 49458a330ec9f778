"""Addresses of asking in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.support.line import pages

urlpatterns = [
    path("line/", pages.asking, name="line"),
]
