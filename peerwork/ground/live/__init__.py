"""The live stream: a page that is open is told to look again. Nothing but “look” is ever said."""

from peerwork.ground.live.hub import the_hub


def wake() -> None:
    """Something was put into the outbox: look now, not at the next turn. Where nobody listens it does nothing."""
    the_hub.wake()
