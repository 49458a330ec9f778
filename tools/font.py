"""Cut the small font out of the whole one: the letters of western Europe, weights 400 to 700, no hints.

Atkinson Hyperlegible Next is under the SIL Open Font License 1.1 and reserves no name, so the cut keeps it.
Use: python tools/font.py WHOLE.woff2 SMALL.woff2
"""

import sys
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
MARKS = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2190, 0x2192, 0x20AC]


def cut(whole: str, small: str) -> None:
    lighter = instancer.instantiateVariableFont(TTFont(whole), {"wght": (400, 700)})
    lighter.flavor = None
    held = BytesIO()
    lighter.save(held)

    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 13, 14]
    options.canonical_order = True
    font = TTFont(BytesIO(held.getvalue()), recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LETTERS + MARKS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(small)


if __name__ == "__main__":
    cut(sys.argv[1], sys.argv[2])
