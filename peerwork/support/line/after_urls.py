from django.urls import path

from peerwork.support.line import after_pages

app_name = "after"

urlpatterns = [
    path("line/after/", after_pages.after, name="after"),
    path("run/line/numbers/", after_pages.line_in_numbers, name="numbers"),
    path("talk/complaints/", after_pages.complain, name="complain"),
    path("run/complaints/", after_pages.hear, name="hear"),
    path("run/complaints/<slug:mark>/", after_pages.answer, name="answer"),
]
