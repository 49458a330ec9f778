"""The nameless zone: zones.py refuses a cookie before anything gets here."""

from django.urls import path

from peerwork.support.gatherings import nameless_pages

app_name = "a"

urlpatterns = [
    path("calendar/<str:secret>.ics", nameless_pages.feed, name="feed"),
    path("open/<uuid:series_id>.ics", nameless_pages.open_dates, name="open_dates"),
]
