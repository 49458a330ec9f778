"""What the number asks of the switchboard, and nothing more. Gateway and providers speak with it alone.

`Held` is a call that somebody on the telephone has: whoever holds it can end it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from peerwork.support.line.engine.words import PersonId, State
from peerwork.support.line.number.flow import Opens
from peerwork.support.line.number.words import Figures


class Busy(Exception):
    """The switchboard takes no more calls now. Nothing was asked."""


@dataclass(frozen=True)
class Held:
    box: str
    secret: str
    call: str
    # Whom a provider was told to dial last; and whether a call-back was promised, so that hanging up ends nothing.
    dialled: str = ""
    is_promised: bool = False


@dataclass(frozen=True)
class Promised:
    """`rings_back`: somebody is on duty in the next day who would."""

    opens: Opens
    figures: Figures
    rings_back: bool


@dataclass(frozen=True)
class Look:
    """Where a call is. `rings_at`: at whom it rings now; `by`: who has it; `minutes`: an honest guess, or none."""

    state: State
    rings_at: PersonId | None = None
    by: PersonId | None = None
    minutes: int | None = None


class Desk(Protocol):
    def promised(self) -> Promised: ...

    def recipients(self) -> list[str]:
        """The public keys of everybody on duty from now until a call-back is due."""
        ...

    def ask(self, *, phones: Collection[PersonId]) -> Held:
        """Somebody holds. It rings at nobody on duty now but those who have a phone. Raises Busy."""
        ...

    def ask_back(self, sealed: bytes) -> Held:
        """Somebody left a number. Raises Busy."""
        ...

    def look(self, held: Held) -> Look: ...

    def back(self, held: Held, sealed: bytes) -> None:
        """Whoever holds would rather be rung back. Raises NotNow."""
        ...

    def leave(self, held: Held) -> None:
        """Whoever asked hung up. Nothing where the call is over already."""
        ...

    def take(self, held: Held, person: PersonId) -> None:
        """Raises NotNow where it rings at somebody else by now."""
        ...

    def decline(self, held: Held, person: PersonId) -> None:
        """Raises NotNow where it rings at somebody else by now."""
        ...

    def hand_over(self, held: Held, person: PersonId) -> None:
        """Who has it is not there: it rings at the next. Raises NotNow."""
        ...

    def began(self, held: Held) -> None: ...

    def over(self, held: Held, person: PersonId) -> None: ...
