"""Write docs/hosting/settings.md out of the options themselves. Use: python tools/settings_page.py"""

from pathlib import Path

from peerwork.site.options import DEMO, OPTIONS

PAGE = Path(__file__).parent.parent / "docs" / "hosting" / "settings.md"


def page() -> str:
    rows = [
        f"| `{o.variable}` | {f'`{o.name}`' if o.in_the_file else '–'} | {o.default or '–'} | {o.says} |"
        for o in OPTIONS
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Set them in the environment, or in `settings.toml` in the data folder (`PEERWORK_SETTINGS` names another file). The",
            "environment wins. This page is made by `tools/settings_page.py`; a test compares the two.",
            "",
            "| variable | in the file | if unset | what it is |",
            "|---|---|---|---|",
            *rows,
            "",
            "The file lies in the data folder, so it cannot say where that is. `serve --demo` has a folder of its own, unless one is",
            f"named: {DEMO}.",
            "",
            "The server's own secret is made on first start, in the file `secret` of the data folder, readable by its owner only.",
            "",
        ]
    )


if __name__ == "__main__":
    PAGE.write_text(page())
