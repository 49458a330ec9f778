"""One list of the tables this floor keeps, for Django to find."""

from peerwork.voice.consultation.models import Consultation, OldForm, Wording
from peerwork.voice.findings.models import Answer, Finding
from peerwork.voice.themes.models import Bulletin, Frame

__all__ = ["Answer", "Bulletin", "Consultation", "Finding", "Frame", "OldForm", "Wording"]
