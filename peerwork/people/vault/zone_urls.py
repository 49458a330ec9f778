"""The vault zone: ciphertext in, ciphertext out. zones.py refuses anything else before it gets here."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from peerwork.people.vault import giving_pages, resealing_pages, zone_pages


class Digits(StringConverter):
    """32 bytes in an address, as 64 small hexadecimal digits."""

    regex = "[0-9a-f]{64}"


register_converter(Digits, "digits")

app_name = "v"

urlpatterns = [
    path("key/", zone_pages.key, name="key"),
    path("half/", zone_pages.half, name="half"),
    path("hours/", zone_pages.hours, name="hours"),
    path("hours/<str:day>/", zone_pages.hours_of_day, name="hours_of_day"),
    path("shelf/", zone_pages.shelf_pages, name="shelf"),
    path("shelf/<int:place>/", zone_pages.place, name="place"),
    path("box/", giving_pages.box, name="box"),
    path("box/<digits:parcel_id>/", giving_pages.parcel, name="parcel"),
    path("people/", giving_pages.people, name="people"),
    path("people/<uuid:person_id>/", giving_pages.person, name="person"),
    path("people/<uuid:person_id>/parcels/<digits:parcel_id>/", giving_pages.give, name="give"),
    path("cards/<digits:words>/", giving_pages.card, name="card"),
    path("given/<digits:word>/", giving_pages.given, name="given"),
    path("reseal/", resealing_pages.all_of_it, name="reseal"),
    path("reseal/<str:what>/<str:where>/", resealing_pages.one_of_it, name="resealed"),
]
