"""What packs promise each other. A code that is named in one must exist in the other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peerwork.ground.packs.written import BadPack

type Packs = Mapping[str, Any]

QUICK_MINUTES = 10


def check(packs: Packs) -> None:
    """Raises BadPack with every promise that is not kept, one to a line."""
    broken = [f"{pack_id}: {why}" for pack_id, rule in RULES.items() for why in rule(packs[pack_id], packs)]
    if broken:
        raise BadPack("\n".join(broken))


def _themes(pack: Any, packs: Packs) -> Iterator[str]:
    functions = _codes(packs["w3_indicators"]["functions"]) | {"none"}
    for theme in _inside(pack["groups"], "themes"):
        yield from _known(theme, "signal", functions)
        yield from _known(theme, "sensitivity", pack["sensitivities"])


def _activity_types(pack: Any, packs: Packs) -> Iterator[str]:
    functions = _codes(packs["w3_indicators"]["functions"]) | {"none"}
    for kind in pack["types"]:
        yield from _known(kind, "w3", functions)
        yield from _known(kind, "area", pack["areas"])
        yield from _known(kind, "unit", pack["units"])


def _w3_indicators(pack: Any, _packs: Packs) -> Iterator[str]:
    for indicator in _inside(pack["functions"], "indicators"):
        yield from _known(indicator, "kind", pack["kinds"])
        yield from _known(indicator, "source", pack["sources"])


def _training_curriculum(pack: Any, packs: Packs) -> Iterator[str]:
    competencies = _codes(_inside(packs["competencies"]["domains"], "competencies"))
    domains = {domain["icrc"] for domain in packs["competencies"]["domains"]}
    for module in pack["modules"]:
        yield from _known(module, "competencies", competencies)
        yield from _known(module, "icrc", domains)
        yield from _known(module, "practice", pack["practices"])
    total = pack["meta"]["total_minutes"]
    yield from _adds_up("the modules", _sum(pack["modules"], "minutes"), total)
    for shape in pack["formats"]:
        yield from _adds_up(f"“{shape['code']}”", shape["sessions"] * shape["minutes"], total)
    for target in pack["certificate"]["ledger_targets"]:
        if by_domain := target.get("by_domain"):
            yield from _adds_up(f"“{target['code']}”", sum(by_domain.values()), target["total_h"])
            yield from (f"there is no domain “{domain}”." for domain in by_domain if domain not in domains)


def _readiness_audit(pack: Any, _packs: Packs) -> Iterator[str]:
    levels = len(pack["levels"])
    for domain in pack["domains"]:
        yield from _adds_up(f"indicators of “{domain['code']}”", len(domain["indicators"]), 5)
    for indicator in _inside(pack["domains"], "indicators"):
        yield from _adds_up(f"anchors of “{indicator['code']}”", len(indicator["a"]), levels)


def _stigma_audit(pack: Any, packs: Packs) -> Iterator[str]:
    if "levels" not in packs.get(pack["meta"]["uses_levels_of"], {}):
        yield f"it uses the levels of “{pack['meta']['uses_levels_of']}”, which has none."
    for area in pack["areas"]:
        yield from _adds_up(f"prompts of “{area['code']}”", len(area["prompts"]), 4)


def _involvement(pack: Any, _packs: Packs) -> Iterator[str]:
    for gate in pack["gates"]:
        yield from _known(gate, "needs", _codes(pack["safeguards"]) | {"written_decision_right"})
        yield from _known(gate, "above_level", {level["n"] for level in pack["levels"]})


def _self_care_options(pack: Any, _packs: Packs) -> Iterator[str]:
    for option in _inside(pack["categories"], "options"):
        yield from _known(option, "energy", pack["energies"])
        yield from _known(option, "cost", pack["costs"])
        yield from _known(option, "with", pack["with_whom"])
        yield from _known(option, "when", pack["moments"])
        yield from _known(option, "fits", pack["lives"])
    for category in pack["categories"]:
        if not any(map(_free_short_and_alone, category["options"])):
            yield f"“{category['code']}” has nothing that is free, short and done alone."


def _free_short_and_alone(option: Any) -> bool:
    return bool(option["cost"] == "free" and option["effort"] <= QUICK_MINUTES and option["with"] == "self")


def _wellbeing_measures(pack: Any, _packs: Packs) -> Iterator[str]:
    for tool in pack["instruments"]:
        if parts := tool.get("item_text"):
            yield from _adds_up(f"items of “{tool['id']}”", len(parts), tool["items"])
        elif parts := tool.get("subscales"):
            yield from _adds_up(f"items of “{tool['id']}”", _sum(parts, "items"), tool["items"])
        if answers := tool.get("answers"):
            scale = tool["scale"]
            yield from _adds_up(f"answers of “{tool['id']}”", len(answers), scale["max"] - scale["min"] + 1)


def _supervision(pack: Any, packs: Packs) -> Iterator[str]:
    hour = pack["defaults"]["one_to_one"]["minutes"]
    yield from _adds_up("the shape of a session", _sum(pack["session_shape"], "minutes"), hour)
    kept = packs["privacy_defaults"]["retain_days"]["private_notes"]
    yield from _adds_up("days that notes are kept", pack["record"]["private_notes"]["auto_delete_days"], kept)


def _support_line(pack: Any, packs: Packs) -> Iterator[str]:
    kept = packs["privacy_defaults"]["retain_days"]["callback_number"]
    yield from _adds_up("hours that a number is kept", pack["caller"]["callback_number_kept_h"], kept * 24)


def _strategy(pack: Any, packs: Packs) -> Iterator[str]:
    smallest = packs["privacy_defaults"]["publish"]["known_counts"]["smallest_time"]
    for measure in _inside(_inside(pack["goals"], "initiatives"), "measures"):
        yield from _known(measure, "unit", pack["units"])
        yield from _known(measure, "every", {smallest, "year"})


RULES = {
    "themes": _themes,
    "activity_types": _activity_types,
    "w3_indicators": _w3_indicators,
    "training_curriculum": _training_curriculum,
    "readiness_audit": _readiness_audit,
    "stigma_audit": _stigma_audit,
    "involvement": _involvement,
    "self_care_options": _self_care_options,
    "wellbeing_measures": _wellbeing_measures,
    "supervision": _supervision,
    "support_line": _support_line,
    "strategy": _strategy,
}


def _inside(outer: Iterable[Any], key: str) -> list[Any]:
    return [inner for one in outer for inner in one[key]]


def _codes(things: Iterable[Any]) -> set[str]:
    return {thing["code"] for thing in things}


def _sum(things: Iterable[Any], key: str) -> int:
    return sum(thing[key] for thing in things)


def _known(thing: Any, key: str, known: Iterable[Any]) -> Iterator[str]:
    named = thing.get(key, ())
    for one in named if isinstance(named, tuple) else (named,):
        if one not in known:
            yield f"“{thing.get('code', key)}” names the {key} “{one}”, which does not exist."


def _adds_up(what: str, found: int, wanted: int) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found}, where {wanted} are needed."
