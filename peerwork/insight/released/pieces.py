"""What one release says, as a piece of a page. Made once for each language: it never changes."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from peerwork.ground.releases import shown
from peerwork.ground.releases.models import Release
from peerwork.voice.consultation import agreeing


def of(mark: str, *, kind: str) -> SafeString:
    """Numbers and words as the door shows them; opinion groups as consultations do."""
    return _opinions(mark, get_language() or "en") if kind == Release.Kind.GROUPS else shown.piece(mark)


@lru_cache(maxsize=512)
def _opinions(mark: str, language: str) -> SafeString:
    release = Release.objects.get(mark=mark)
    told = shown.context(release, language) | agreeing.context(release.body, language)
    return render_to_string("released/opinions.html", told)
