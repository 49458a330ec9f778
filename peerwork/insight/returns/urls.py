from django.urls import path, register_converter

from peerwork.ground.tallies.quarters import InAddress
from peerwork.insight.returns import pages

app_name = "returns"

register_converter(InAddress, "quarter")

urlpatterns = [
    path("", pages.quarter_list, name="quarters"),
    path("<quarter:quarter>/", pages.quarter, name="quarter"),
    path("<quarter:quarter>/numbers.csv", pages.sheet, name="sheet"),
    path("<quarter:quarter>/closing/", pages.closing, name="closing"),
]
