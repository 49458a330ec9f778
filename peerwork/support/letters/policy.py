"""Who may do what in this room.

Who uses it, and what they fear. Kas, alone on site after a hard day: that a boss sees who talks to whom. Tran,
on a shared phone: that whoever picks it up reads along. Rosa, whom everybody asks: being pressed to answer.
Rene: that somebody writes in her name. So: parcels without a sender; nothing of it on a page before a key is
there, and letters that go by themselves; no sign that anything was read, or that somebody was here; and every
parcel signed, with words to compare.

Everybody who is here may write, managers too: a manager needs peers, and what two people chose to say to each
other is theirs. If this were closed to her she would use her work phone. But she is found by nobody by name, and
finds nobody: whoever she writes to gave her a card, and can put her away without an answer. The list of names
is for peers who manage nobody. Otherwise it would show a manager which of her staff are peers here.

Except a coordinator: whoever has the list of people has their numbers, and a number is all it takes to give somebody
a parcel. So a coordinator can write to anybody. They too wait at the door, and are put away without being told.
"""

from peerwork.people.rules import is_here
from peerwork.people.vault.cards import may_find_by_name

may_write = is_here
may_be_found = may_find_by_name
