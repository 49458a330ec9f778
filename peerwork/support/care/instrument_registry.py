"""What is known of tools by others (packs/wellbeing_measures): which may come in, and what has to be true of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from peerwork.ground.packs import packs
from peerwork.support.care import check_ins
from peerwork.support.care.instruments import Instrument, Part

# How the registry says the rule of a whole tool, and what that is for each of its parts.
RULES = {
    "mean_per_subscale": ("mean", 1),
    "sum_per_subscale": ("sum", 1),
    "sum_times_4": ("sum_times", 4),
    "sum": ("sum", 1),
    "value": ("value", 1),
}
WORD = re.compile(r"\w+")
NOT_A_LETTER = re.compile(r"[\W_]")


def known(tool_id: str, name: str) -> packs.Pack | None:
    """What the registry has on a tool: by its id, by a longer one, or by what it is called."""
    tools = packs.load(check_ins.PACK)["instruments"]
    of_others = (tool for tool in tools if tool["id"] not in check_ins.OUR_OWN)
    return next((tool for tool in of_others if _is(tool, tool_id, name)), None)


def _is(tool: packs.Pack, tool_id: str, name: str) -> bool:
    known_by = (tool["id"], *tool.get("known_by", ()))
    short = [NOT_A_LETTER.sub("", word) for word in name.casefold().split()]  # WHO-5, (MBI), MBI-HSS
    same_name = set(WORD.findall(tool["name"].casefold())) <= set(WORD.findall(name.casefold()))
    same_id = tool_id == tool["id"] or tool_id.startswith(f"{tool['id']}_")
    return same_id or same_name or any(word.startswith(known_by) for word in short)


def why_not(tool_id: str, name: str) -> Iterator[str]:
    """Why a tool may not come in at all, whatever its file says."""
    if tool_id in check_ins.OUR_OWN:
        yield "meta.id: this is the name of our own questions. Choose another."
        return
    tool = known(tool_id, name)
    if tool and tool["bundle"] == "never" and not tool.get("allow_operator_upload"):
        yield f"meta.id: {tool['name']} may not be brought in. {tool['licence_note']}"


def wrong(tool: packs.Pack, brought: Instrument) -> Iterator[str]:
    """Where a file says something else than is known of the tool: a slip of the pen, most likely."""
    if tool.get("permission_in_the_file") and not brought.permission:
        yield f"meta.permission: what its owner wrote to you has to stand here. {tool['licence_note']}"
    if len(brought.questions) != tool["items"]:
        yield f"items: {len(brought.questions)}, where {tool['items']} are needed."
    if values := tool.get("item_values"):
        for question in brought.questions:
            if {answer.value for answer in question.answers} != set(values):
                yield f"items.{question.code}: the answers count {_listed(values)} in this tool."
    yield from _wrong_in_parts(tool, brought)


def _wrong_in_parts(tool: packs.Pack, brought: Instrument) -> Iterator[str]:
    turned = {question.code for question in brought.questions if question.reverse}
    there = {part.code: part for part in brought.parts}
    for part in brought.parts:
        if (part.rule, part.times) != RULES[tool["score"]]:
            yield f"subscales.{part.code}.score: this tool is scored so: {tool.get('score_note', tool['score'])}"
    for needed in tool.get("subscales", ()):
        if found := there.pop(needed["code"], None):
            yield from _wrong_in_part(needed, found, turned)
        else:
            yield f"subscales: “{needed['code']}” is missing."
    if tool.get("subscales"):
        yield from (f"subscales.{code}: this tool has no such part." for code in there)
    elif len(brought.parts) != 1:
        yield "subscales: this tool has one part, with all its questions."


def _wrong_in_part(needed: Mapping[str, Any], part: Part, turned: set[str]) -> Iterator[str]:
    if len(part.items) != needed["items"]:
        yield f"subscales.{part.code}.items: {len(part.items)}, where {needed['items']} are needed."
    reversed_ = len(turned.intersection(part.items))
    if reversed_ != needed.get("reversed", 0):
        yield f"subscales.{part.code}: {reversed_} reversed, where {needed.get('reversed', 0)} are needed."


def _listed(values: tuple[int, ...]) -> str:
    return ", ".join(map(str, values))
