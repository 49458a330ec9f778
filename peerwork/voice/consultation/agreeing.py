"""Opinion groups as a piece of a page: first what all agree on, then where groups of people see it differently."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from peerwork.ground.releases.models import Release
from peerwork.ground.releases.shown import in_language

PIECES = 512
# What ground/releases/groups.py says, as a person would.
STANCES: Mapping[str, Promise] = {
    "nearly all agree": _("nearly all agree"),
    "most agree": _("most agree"),
    "of several minds": _("they are of several minds"),
    "most disagree": _("most disagree"),
    "nearly all disagree": _("nearly all disagree"),
}
SHARES: Mapping[str, Promise] = {
    "nearly all": _("nearly all who answered"),
    "most": _("most who answered"),
    "about half": _("about half of those who answered"),
    "few": _("a smaller part of those who answered"),
    "hardly any": _("a small part of those who answered"),
}


@lru_cache(maxsize=PIECES)
def piece(mark: str, language: str) -> SafeString:
    """What this release says. It never changes, so the piece is made once for each language."""
    return render_to_string(
        "consultation/result_opinions.html", context(Release.objects.get(mark=mark).body, language)
    )


def context(body: Mapping[str, Any], language: str) -> dict[str, Any]:
    named = {code: in_language(label, language) for code, label in body.get("labels", {}).items()}
    groups = [(one["name"], SHARES.get(one.get("share", ""), "")) for one in body.get("groups", ())]

    def said_by_each(one: Mapping[str, Any]) -> list[tuple[str, Promise | str]]:
        return [(name, STANCES.get(one["groups"].get(name, ""), "")) for name, _share in groups]

    return {
        "too_few": body.get("too_few", False),
        "common": [
            (named[one["statement"]], STANCES.get(f"{one['band']} {one['stance']}", ""))
            for one in body.get("common", ())
        ],
        "groups": groups,
        "divisions": [(named[one["statement"]], said_by_each(one)) for one in body.get("divisions", ())],
    }
