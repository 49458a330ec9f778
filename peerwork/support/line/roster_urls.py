"""One address, one noun. A duty is taken, put up for somebody else, or kept, at one address."""

from django.urls import path

from peerwork.support.line import roster_pages, run_pages

app_name = "roster"

urlpatterns = [
    path("line/", roster_pages.mine, name="mine"),
    path("line/me/", roster_pages.me, name="me"),
    path("line/never/", roster_pages.never_meet, name="never"),
    path("line/never/by-name/", roster_pages.never_by_name, name="never_by_name"),
    path("line/rest/", roster_pages.my_rest, name="rest"),
    path("line/undo/", roster_pages.undo, name="undo"),
    path("line/shifts/<uuid:shift_id>/", roster_pages.shift, name="shift"),
    path("line/shifts/<uuid:shift_id>/duty/", roster_pages.duty, name="duty"),
    path("line/shifts/<uuid:shift_id>/swap/", roster_pages.swap, name="swap"),
    path("line/swaps/<uuid:offer_id>/", roster_pages.answer, name="answer"),
    path("run/line/", run_pages.ahead, name="run"),
    path("run/line/plan/", run_pages.plan, name="plan"),
    path("run/line/terms/", run_pages.chosen, name="terms"),
    path("run/line/series/<uuid:line_series_id>/", run_pages.series, name="series"),
    path("run/line/series/<uuid:line_series_id>/end/", run_pages.end, name="end"),
    path("run/line/series/<uuid:line_series_id>/dates/", run_pages.date_again, name="date_again"),
    path("run/line/shifts/<uuid:shift_id>/people/", run_pages.people, name="people"),
    path("run/line/shifts/<uuid:shift_id>/off/", run_pages.off, name="off"),
]
