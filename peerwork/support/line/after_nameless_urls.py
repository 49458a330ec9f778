"""Addresses of what comes after a call, in the nameless zone. site/urls.py puts them beside the other rooms'."""

from django.urls import path

from peerwork.support.line import after_nameless_pages

urlpatterns = [
    path("line/complaints/", after_nameless_pages.complain, name="line_complaints"),
    path("line/complaints/<slug:mark>/", after_nameless_pages.complaint, name="line_complaint"),
]
