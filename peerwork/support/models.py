"""One list of the tables this floor keeps, for Django to find."""

from peerwork.support.gatherings.models import AgendaItem, Feed, Gathering, Host, Note, Seat, Series

__all__ = ["AgendaItem", "Feed", "Gathering", "Host", "Note", "Seat", "Series"]
