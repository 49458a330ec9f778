"""What can happen to an agenda: something is suggested, without a name, and taken off again."""

from peerwork.support.gatherings.models import AgendaItem, Gathering, Kind

LONGEST = 160
# Just being together needs none.
HAS_AGENDA = frozenset({Kind.PRACTICE, Kind.SUPPORT, Kind.TRAINING, Kind.ADVISORY})


def is_kept_for(gathering: Gathering) -> bool:
    return gathering.kind in HAS_AGENDA


def suggest(gathering: Gathering, *, says: str) -> None:
    """Put it on the list. Takes no person, so none can be kept. The same words twice are one suggestion."""
    AgendaItem.objects.get_or_create(gathering=gathering, says_what=says)


def take_off(item: AgendaItem) -> None:
    item.delete()
