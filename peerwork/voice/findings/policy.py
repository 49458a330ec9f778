"""Who puts up what was found, who answers it, and who reads it.

Who uses it, and what they fear. Ash, who said it first: that the words lead back to Ash. Rene, who puts it up: that
nothing comes of it, again, and that nobody can see how long. Kim, who answers: that an honest no is taken for not
caring. Priya, who manages staff, and Fran, who pays: that they hear of it last.

A finding is published: it is put up to be answered, and its age is there for everybody, those with the money too. It
has words in it and no number, and no name. But a wrong one can be taken back on the day it was put up. So on that day
it is seen by the same few who see a release first: peers and co-chairs who manage nobody. And what rests on a release
stays with them until that is out.
"""

from peerwork.people.rules import advises, is_co_chair, is_coordinator, is_here, is_peer, manages_staff

reads = is_here
puts_up = is_peer & (advises | is_coordinator) & ~manages_staff
answers = is_co_chair | is_coordinator
