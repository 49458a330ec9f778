"""Who may do what in this room. What is in a plan is nobody's but its owner's: that is kept by their key, not here."""

from peerwork.people.rules import is_here, is_peer, manages_staff

may_plan = is_here
# Only a worker can say that there is a plan, and only whoever manages staff is told.
may_tell = is_peer
is_told = manages_staff
