"""Who writes a consultation, who opens it, who may answer, and who reads what was said in somebody's own hand.

Kim coordinates and is no peer: Kim helps with the writing. That it opens is for a peer to say. Whoever manages staff
may answer as a peer, and has no hand in any of the rest.
"""

from rules.predicates import predicate

from peerwork.people.rules import (
    Someone,
    advises,
    is_coordinator,
    is_facilitator,
    is_peer,
    manages_staff,
)
from peerwork.people.tokens.policy import audiences_of
from peerwork.voice.consultation.models import Consultation


@predicate
def may_answer(person: Someone, consultation: Consultation) -> bool:
    return consultation.audience in audiences_of(person)


writes = ~manages_staff & (advises | is_coordinator)
opens = writes & is_peer
# What was written by hand, in other words: no release carries it, so it stays among peers.
reads_wordings = is_peer & ~manages_staff
# A few peers who agreed to it. They see handwriting, so to say: nobody else ever does.
is_of_the_circle = is_peer & ~manages_staff & (advises | is_facilitator)
