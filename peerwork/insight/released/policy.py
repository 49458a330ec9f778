"""Who sees what was counted, and when.

Who uses it, and what they fear. Rene signs: that her name stands under a number that gives somebody away. Ash reads
first: that the funder hears it before the peers do. Morgan's boss reads what is out: so nothing is there for him
before. Fran reads what is out and nothing else. Any member may see what the year's privacy was spent on.
"""

from peerwork.people.rules import is_co_chair, is_here, is_member, manages_staff, reads_first

reads_what_is_out = is_here
reads_drafts = reads_first
signs = is_co_chair & ~manages_staff
# A line of the ledger tells that something was asked, and when. That is the network's own.
reads_the_ledger = is_member & ~manages_staff
