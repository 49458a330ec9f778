"""Addresses of this room in the nameless zone. site/urls.py puts them beside those of the other rooms."""

from django.urls import path

from peerwork.support.line.number import nameless_pages

urlpatterns = [
    path("number/twilio/", nameless_pages.of_twilio, name="twilio"),
    path("number/twilio/<slug:place>/", nameless_pages.of_twilio, name="twilio_at"),
    path("number/jambonz/", nameless_pages.of_jambonz, name="jambonz"),
    path("number/jambonz/<slug:place>/", nameless_pages.of_jambonz, name="jambonz_at"),
]
