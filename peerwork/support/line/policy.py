"""Who may ask the line, who answers it, and who plans it.

Most of this is about Morgan, a peer who also manages staff. Morgan may ask as any peer may. Morgan never sees who is
on duty, who wished never to meet whom, or which hours nobody has taken.
"""

from peerwork.people.rules import (
    is_coordinator,
    is_facilitator,
    is_member,
    is_peer,
    is_supporter,
    manages_staff,
)

may_ask = is_member & is_peer
answers = is_supporter & is_peer & ~manages_staff
plans_the_line = (is_coordinator | is_supporter & is_facilitator) & ~manages_staff
# One page for those who answer and those who plan: a shift, and who is on duty in it.
knows_the_roster = answers | plans_the_line
# Whom somebody never wants to meet is chosen from the names of those who answer.
may_choose_whom = is_peer & ~manages_staff
