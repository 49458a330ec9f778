"""Addresses of this room in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.people.tokens import nameless_pages

urlpatterns = [
    path("rounds/", nameless_pages.round_keys, name="rounds"),
    path("board/<str:round_id>/", nameless_pages.board, name="board"),
]
