"""What can happen to a note: it is written after the gathering, and written again."""

from peerwork.support.gatherings.models import Gathering, Kind, Note

MOST_WORDS = 40


def is_kept_for(gathering: Gathering) -> bool:
    """Just being together leaves no note."""
    return gathering.kind != Kind.SOCIAL


def write(gathering: Gathering, *, new: str, surprising: str, to_share: str) -> None:
    """Three answers. Takes no person, so none can be kept."""
    answers = {"new": new, "surprising": surprising, "to_share": to_share}
    Note.objects.update_or_create(gathering=gathering, defaults=answers)
