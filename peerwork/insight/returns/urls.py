from django.urls import path

from peerwork.insight.returns import pages

app_name = "returns"

urlpatterns = [
    path("", pages.quarter_list, name="quarters"),
    path("<str:quarter>/", pages.quarter, name="quarter"),
    path("<str:quarter>/numbers.csv", pages.sheet, name="sheet"),
    path("<str:quarter>/closing/", pages.closing, name="closing"),
]
