"""One list of the tables this floor keeps, for Django to find."""

from peerwork.ground.postbox.models import PaperToken, Round, SigningKey, Slip, Spent
from peerwork.ground.releases.models import Charge, Release, Signature
from peerwork.ground.tallies.models import Closing, Tally

__all__ = [
    "Charge",
    "Closing",
    "PaperToken",
    "Release",
    "Round",
    "Signature",
    "SigningKey",
    "Slip",
    "Spent",
    "Tally",
]
