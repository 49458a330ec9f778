"""Who may do what in this room.

Who uses it, and what they fear. Sam, between two calls, one hand on the phone: that it takes a minute he does not have,
and that what he picks says whose call it was. Ash, the only trans worker in the network: that "three people said it"
means everybody knows. Rosa, who says nothing this quarter: that it shows. Morgan, who manages staff: that she is kept
from saying what she knows as a peer. Rene, who writes the bulletin: that a week goes by with tallies, and that a
number of hers is wrong. Fran, who pays: that she is shown what suits.

So everybody draws the same tokens and nobody sees who spends them; small networks count groups only; the first to read
a number are peers who manage nobody, and a funder reads the same page as everybody, later.
"""

from peerwork.people.rules import (
    advises,
    is_coordinator,
    is_here,
    is_member,
    is_peer,
    manages_staff,
    reads_first,
)

# The audience of the round: whoever draws tokens may spend them. Morgan too; nobody learns that she did.
may_say = is_peer
reads_the_list = is_member
proposes = is_peer & ~manages_staff
puts_in_force = is_peer & advises & ~manages_staff
# Once it is out, everybody. Before that it is the peers' alone.
reads_bulletins = is_here
sees_drafts = reads_first
writes_the_words = is_peer & (advises | is_coordinator) & ~manages_staff
