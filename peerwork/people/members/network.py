"""What can happen to the network itself: it is founded, and its words change."""

import secrets
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerwork.people.members.models import Network


class AlreadyFounded(Exception):
    """One server, one network. This one has its network."""


def found(
    *, name: str, public_name: str, time_zone: str, meeting_word: str = "Catch-up", talk_number: str = ""
) -> Network:
    """Set up the network. Raises AlreadyFounded, or ValueError for a clock we do not know."""
    if Network.objects.exists():
        raise AlreadyFounded
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(time_zone) from error
    return Network.objects.create(
        name=name,
        public_name=public_name,
        time_zone=time_zone,
        meeting_word=meeting_word,
        talk_number=talk_number,
        salt=secrets.token_hex(16),
    )


def change(network: Network, **words: str) -> None:
    """New words: any of name, public_name, meeting_word, talk_number."""
    for word, says in words.items():
        setattr(network, word, says)
    network.save(update_fields=list(words))
