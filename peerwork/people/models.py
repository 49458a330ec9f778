"""One list of the tables this floor keeps, for Django to find."""

from peerwork.people.members.models import HandOver, Invitation, Network, Person, Removal, Role, Vouch
from peerwork.people.vault.models import AccountKey, LogPage, Passkey, Wrap
from peerwork.people.workplaces.models import Post, Workplace

__all__ = [
    "AccountKey",
    "HandOver",
    "Invitation",
    "LogPage",
    "Network",
    "Passkey",
    "Person",
    "Post",
    "Removal",
    "Role",
    "Vouch",
    "Workplace",
    "Wrap",
]
