"""What the house does each hour for what is said without a name: it writes down what waits in memory, closes what is
over, counts it once, and opens the next quarter. Every step is safe to repeat."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from peerwork.ground.postbox import flushing
from peerwork.ground.postbox import rounds as postbox
from peerwork.ground.releases.numbers import Progress
from peerwork.people.members import queries as members
from peerwork.people.tokens import drawing
from peerwork.people.tokens.policy import AUDIENCES
from peerwork.people.tokens.queries import roster
from peerwork.support.line.after import counts as line_counts
from peerwork.support.line.switchboard import tokens as line_tokens
from peerwork.voice.consultation import consultations
from peerwork.voice.consultation import counting as consultation_counting
from peerwork.voice.themes import counting as theme_counting
from peerwork.voice.themes import rounds as theme_rounds


def write_down_before_resting() -> None:
    """The server is asked to stop, and perhaps the machine with it: its memory would be gone. Fewer than ten go on
    waiting there. Each device sees on the board that its answer is missing, and can say it again."""
    for one in postbox.open_now(AUDIENCES):
        flushing.flush_if_enough(one)
    if network := members.network():
        line_counts.write_down_what_is_enough(timezone.localtime(timezone=ZoneInfo(network.time_zone)))


def hear(today: date, progress: Progress | None = None) -> None:
    for one in postbox.open_now(AUDIENCES):
        # As many as there are people: by then nearly everybody was here, and who came lately says nothing.
        flushing.flush_if_enough(one, k=max(flushing.ENOUGH, one.roster))
    consultations.close_what_is_over(today)
    for over in postbox.due(today):
        postbox.close(over)
    drawing.forget_what_is_over()
    theme_counting.count_what_is_closed(today, progress)
    consultation_counting.count_what_is_closed(today, progress)
    theme_rounds.keep_open(today, roster(theme_rounds.AUDIENCE))
    line_tokens.keep_open(today, roster(line_tokens.AUDIENCE))
