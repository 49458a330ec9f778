"""Who sees the quarter's numbers before they are released.

Not those who manage staff, whatever else they do here: a number can tell that something for peers alone exists.
"""

from peerwork.people.rules import is_co_chair, is_coordinator, manages_staff

may_see_numbers = (is_coordinator | is_co_chair) & ~manages_staff
