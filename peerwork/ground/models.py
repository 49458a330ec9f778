"""One list of the tables this floor keeps, for Django to find."""

from peerwork.ground.tallies.models import Closing, Tally

__all__ = ["Closing", "Tally"]
