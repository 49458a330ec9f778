"""One address, one noun. A change of heart is a noun too: the seat is taken, or given up."""

from django.urls import path

from peerwork.support.gatherings import import_pages, pages, run_pages

app_name = "gatherings"

urlpatterns = [
    path("together/", pages.calendar, name="calendar"),
    path("together/<uuid:gathering_id>/", pages.gathering, name="gathering"),
    path("together/<uuid:gathering_id>/seat/", pages.seat, name="seat"),
    path("together/<uuid:gathering_id>/agenda/", pages.agenda_list, name="agenda"),
    path("together/<uuid:gathering_id>/event.ics", pages.event, name="event"),
    path("together/<uuid:gathering_id>/date/", run_pages.date, name="date"),
    path("together/<uuid:gathering_id>/off/", run_pages.off, name="off"),
    path("together/<uuid:gathering_id>/cover/", run_pages.cover, name="cover"),
    path("together/<uuid:gathering_id>/count/", run_pages.count, name="count"),
    path("together/<uuid:gathering_id>/agenda/<uuid:item_id>/", run_pages.agenda_item, name="agenda_item"),
    path("mine/calendar/", pages.my_feeds, name="feeds"),
    path("mine/calendar/<uuid:feed_id>/", pages.my_feed, name="feed"),
    path("run/", run_pages.run, name="run"),
    path("run/plan/", run_pages.plan, name="plan"),
    path("run/series/<uuid:series_id>/", run_pages.change_series, name="series"),
    path("run/series/<uuid:series_id>/end/", run_pages.end_series, name="end"),
    path("run/calendar-file/", import_pages.choose, name="bring_in"),
    path("run/calendar-file/<str:key>/", import_pages.look, name="bring_in_look"),
]
