"""One list of the tables this floor keeps, for Django to find."""

from peerwork.support.care.models import DebriefAsk, PlanWord
from peerwork.support.gatherings.models import AgendaItem, Feed, Gathering, Host, Note, Seat, Series
from peerwork.support.line.after.models import Complaint, WeekCount
from peerwork.support.line.roster.models import (
    Bell,
    Duty,
    Load,
    Never,
    Regular,
    Rest,
    Shift,
    ShiftSeries,
    Supporter,
    SwapOffer,
    Terms,
)

__all__ = [
    "AgendaItem",
    "Bell",
    "Complaint",
    "DebriefAsk",
    "Duty",
    "Feed",
    "Gathering",
    "Host",
    "Load",
    "Never",
    "Note",
    "PlanWord",
    "Regular",
    "Rest",
    "Seat",
    "Series",
    "Shift",
    "ShiftSeries",
    "Supporter",
    "SwapOffer",
    "Terms",
    "WeekCount",
]
