"""Catalogues of messages: are two the same, and compile them. No system package is needed to compile.

Use: python tools/catalogues.py same OLD NEW
     python tools/catalogues.py compile FOLDER
"""

import sys
from pathlib import Path

import polib


def strings(folder: Path) -> dict[str, set[str]]:
    return {
        str(path.relative_to(folder)): {
            entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete
        }
        for path in sorted(folder.rglob("*.po"))
    }


def same(old: Path, new: Path) -> bool:
    before, after = strings(old), strings(new)
    for path, wanted in after.items():
        for missing in sorted(wanted ^ before.get(path, set())):
            print(f"{path}: {missing!r} is not what the code says. Run: make messages")
    return before == after


def compile_all(folder: Path) -> None:
    for path in folder.rglob("*.po"):
        catalogue = polib.pofile(str(path))
        # When it was gathered says nothing, and would change the file every time.
        catalogue.metadata.pop("POT-Creation-Date", None)
        catalogue.save()
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        done = sum(entry.translated() for entry in catalogue)
        print(f"{path.parent.parent.name}: {done} of {len(catalogue)} strings")


if __name__ == "__main__":
    what, *folders = sys.argv[1:]
    if what == "same":
        sys.exit(0 if same(*map(Path, folders)) else 1)
    compile_all(Path(folders[0]))
