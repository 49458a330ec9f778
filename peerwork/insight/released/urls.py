from django.urls import path

from peerwork.insight.released import pages

app_name = "released"

urlpatterns = [
    path("", pages.reading_list, name="readings"),
    path("ledger/", pages.ledger_page, name="ledger"),
    path("of/<str:period>/", pages.reading, name="reading"),
    path("of/<str:period>/signature/", pages.signature, name="signature"),
    path("of/<str:period>/numbers.csv", pages.sheets, name="sheets"),
    path("<uuid:release_id>/", pages.release, name="release"),
    path("<uuid:release_id>/numbers.csv", pages.sheet, name="sheet"),
]
