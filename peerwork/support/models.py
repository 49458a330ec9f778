"""One list of the tables this floor keeps, for Django to find."""

from peerwork.support.care.models import DebriefAsk, PlanWord
from peerwork.support.gatherings.models import AgendaItem, Feed, Gathering, Host, Note, Seat, Series

__all__ = [
    "AgendaItem",
    "DebriefAsk",
    "Feed",
    "Gathering",
    "Host",
    "Note",
    "PlanWord",
    "Seat",
    "Series",
]
