"""One list of the tables this floor keeps, for Django to find."""

from peerwork.people.members.models import HandOver, Invitation, Network, Person, Removal, Role, Vouch
from peerwork.people.tokens.models import Draw
from peerwork.people.vault.models import AccountKey, Card, LogPage, Parcel, Passkey, Resealed, ShelfPage, Wrap
from peerwork.people.workplaces.models import Post, Workplace

__all__ = [
    "AccountKey",
    "Card",
    "Draw",
    "HandOver",
    "Invitation",
    "LogPage",
    "Network",
    "Parcel",
    "Passkey",
    "Person",
    "Post",
    "Removal",
    "Resealed",
    "Role",
    "ShelfPage",
    "Vouch",
    "Workplace",
    "Wrap",
]
