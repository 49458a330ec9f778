"""Addresses of the number in the named zone. A device asks for them; no page links to them."""

from django.urls import path

from peerwork.support.line.number import supporter_pages

app_name = "number"

urlpatterns = [
    path("line/phone/", supporter_pages.my_phone, name="phone"),
    path("line/calls/<str:call>/ring-back/", supporter_pages.ring_back, name="ring_back"),
    path("line/calls/<str:call>/message/", supporter_pages.message, name="message"),
]
