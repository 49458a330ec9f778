"""Sets of questions by others, put into the data folder and taken out again. Checked whole before one is written."""

from pathlib import Path

from peerwork.ground.packs.written import BadPack
from peerwork.site import options
from peerwork.site.cli import Refused
from peerwork.support.care import instrument_files, instrument_registry, toolbox
from peerwork.support.care.instruments import Instrument


def bring_in(path: Path, *, only_look: bool) -> None:
    """Tell what is in the file, and keep it as it is. Raises Refused with every problem and its place."""
    try:
        tool = instrument_files.read(path)
    except BadPack as broken:
        raise Refused(f"{broken}\nNothing was taken in.") from broken
    except instrument_files.NotTaken as not_taken:
        problems = "\n".join(f"! {problem}" for problem in not_taken.problems)
        raise Refused(f"{problems}\nNothing was taken in.") from not_taken
    content = path.read_bytes()
    _tell(tool, _is_new(tool, content))
    if not only_look:
        toolbox.folder().mkdir(mode=0o700, exist_ok=True)
        options.write_whole(toolbox.folder() / tool.file_name, content)


def take_out(tool_id: str) -> list[str]:
    """Every version of it. Returns the files that were there. Raises Refused where there is none."""
    files = {path: path.name.partition(".")[0] for path in sorted(toolbox.folder().glob("*.yaml"))}
    if tool_id not in files.values():
        there = ", ".join(dict.fromkeys(files.values())) or "none"
        raise Refused(f"There is no set of questions called {tool_id[:40]}. There are: {there}.")
    found = [path for path, name in files.items() if name == tool_id]
    for path in found:
        path.unlink()
    return [path.name for path in found]


def _is_new(tool: Instrument, content: bytes) -> bool:
    """Raises Refused for other words under a version that is here: answers are kept beside its codes."""
    here = toolbox.folder() / tool.file_name
    if not here.exists():
        return True
    if here.read_bytes() != content:
        raise Refused(
            f"{tool.name}, version {tool.version}, is here already and says something else. "
            "Give the new one a higher version, or take out the old one: peerwork remove instrument …"
        )
    return False


def _tell(tool: Instrument, is_new: bool) -> None:  # noqa: FBT001
    print(
        f"{tool.name}, version {tool.version} ({tool.owner}) — {'New' if is_new else 'Here already, nothing changes'}"
    )
    print(f"licence: {tool.licence}")
    for part in tool.parts:
        times = f" × {part.times}" if part.times > 1 else ""
        print(f"{part.code}: {part.name} — {len(part.items)} questions, {part.rule}{times}")
    turned = [question.code for question in tool.questions if question.reverse]
    print(f"counted the other way round: {', '.join(turned) or 'none'}")
    if known := instrument_registry.known(tool.id, tool.name):
        print(f"worth knowing: {known['licence_note']} {known.get('cut_note', '')}".rstrip())
