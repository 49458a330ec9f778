"""What the network chose for its line. Where nobody chose, what the pack says."""

from peerwork.support.line.engine.words import Rules
from peerwork.support.line.roster.models import Terms


def terms() -> Terms:
    return Terms.objects.first() or Terms()


def change(**said: int) -> None:
    """From this moment. What was promised before stands as it was said."""
    Terms.objects.update_or_create(id=1, defaults=said)


def rules(now: Terms | None = None) -> Rules:
    """The part of it that the engine holds itself to."""
    now = now or terms()
    return Rules(ring=now.ring, patience=now.patience)
