"""What things are called on these pages."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peerwork.ground.releases import noise
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation.consultations import round_of
from peerwork.voice.consultation.models import Consultation

POPULATIONS = {
    "peers": gettext_lazy("Peers"),
    "members": gettext_lazy("All members"),
    "network": gettext_lazy("The whole network"),
}


def names(periods: Iterable[str]) -> dict[str, str]:
    """What consultations are called, where there are any among these."""
    if not any(period.startswith("consultation.") for period in periods):
        return {}
    return {round_of(asked): asked.title for asked in Consultation.objects.only("pk", "title")}


def name_of(period: str, called: dict[str, str]) -> str:
    """What people call it: themes and a quarter, a consultation by its title, a quarter by its months."""
    kind, _dot, which = period.rpartition(".")
    if kind == "themes":
        return _("Themes, %(when)s") % {"when": quarters.in_words(which)}
    if kind == "consultation":
        return called.get(period, _("A consultation"))
    return _("Gatherings, %(when)s") % {"when": quarters.in_words(which)}


def in_whole(millionths: int, *, places: int = 2) -> str:
    """1000000 → 1, 333333 → 0.33, as people here write numbers."""
    rounded = round(Decimal(millionths) / noise.WHOLE, places)
    return number_format(rounded.normalize() if rounded % 1 else int(rounded))
