"""PDF files name fonts that they do not hold: what is read of them must not hang on the fonts of the machine."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject
from reportlab.pdfbase import pdfmetrics

from pdf_files import FONT, LEFT, SIZE, Sheet, make
from pdf_pages import files
from reportcheck.read.pdf import read
from reportcheck.read.pdf_fonts import own_font_only
from reportcheck.read.pdf_places import read_with_places

PATH = Path("a.pdf")
SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "reports").glob("*.pdf"))
TEXT = "合计1,234.56万元（含7.80万元），增长9%。"
LEAD, LONE = "一、全年支出", "全年支出合计为六十万元"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""Where pdfium looks for the fonts of a Linux machine."""


def ends(text: str, font: str) -> list[Any]:
    """Where each character of a line begins and ends, by the widths that its font is known to have."""
    places = [LEFT + pdfmetrics.stringWidth(text[:end], font, SIZE) for end in range(len(text) + 1)]
    return [pytest.approx(pair, abs=0.02) for pair in pairwise(places)]


def read_ends(data: bytes, text: str) -> list[tuple[float, float]]:
    document, places = read_with_places(PATH, data)
    assert [block.text for block in document.blocks] == [text]
    return [(place.box[0], place.box[2]) for place in places["p1"] if place]


def numbered_by_glyphs(data: bytes) -> bytes:
    """The file with a font whose codes are numbers of its glyphs, which only its map turns into characters."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    resources: Any = writer.pages[0]["/Resources"]
    (font,) = (each.get_object() for each in resources["/Font"].values() if each["/Subtype"] == "/Type0")
    letters = [f"<{ord(char):04X}> <{ord(char):04X}>" for char in sorted({*LEAD, *LONE})]
    mapping = DecodedStreamObject()
    mapping.set_data(f"{len(letters)} beginbfchar {' '.join(letters)} endbfchar".encode())
    numbers = DecodedStreamObject()
    numbers.set_data(b"".join(number.to_bytes(2, "big") for number in range(0x10000)))
    font[NameObject("/Encoding")] = NameObject("/Identity-H")
    font[NameObject("/ToUnicode")] = writer._add_object(mapping)
    own = font["/DescendantFonts"][0].get_object()
    own[NameObject("/Subtype")] = NameObject("/CIDFontType2")
    own[NameObject("/CIDToGIDMap")] = NameObject("/Identity")
    own[NameObject("/CIDToGIDMap")] = writer._add_object(numbers)
    own["/CIDSystemInfo"][NameObject("/Ordering")] = TextStringObject("Identity")
    del own["/W"]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lone_characters(sheet: Sheet) -> None:
    """A line drawn as one, and one of which each character is drawn for itself, as many programs do."""
    sheet.line(LEAD)
    for index, char in enumerate(LONE):
        sheet.at(LEFT + SIZE * index, sheet.y, char)


# --- what the file says ----------------------------------------------------------------------


def test_characters_are_as_wide_as_the_file_says() -> None:
    assert read_ends(make(lambda sheet: sheet.line(TEXT)), TEXT) == ends(TEXT, FONT)


def test_a_font_whose_widths_are_known_without_a_file() -> None:
    def page(sheet: Sheet) -> None:
        sheet.canvas.setFont("Helvetica", SIZE)
        sheet.canvas.drawString(LEFT, 700, "OH2305:1,234.56")

    assert read_ends(make(page), "OH2305:1,234.56") == ends("OH2305:1,234.56", "Helvetica")


@pytest.mark.parametrize("made", [lambda data: data, numbered_by_glyphs], ids=["by characters", "by glyphs"])
@pytest.mark.parametrize("turn", [0, 90])
def test_characters_drawn_for_themselves_are_there(made: Callable[[bytes], bytes], turn: int) -> None:
    data = made(make(lone_characters, rotate=turn))
    assert [block.text for block in read(PATH, data).blocks] == [LEAD, LONE]


# --- what the machine has --------------------------------------------------------------------


def all_readings() -> str:
    """A digest of everything that is read of the files made for tests, and of the samples."""
    digest = hashlib.sha256()
    for data in [*files().values(), *(path.read_bytes() for path in SAMPLES)]:
        digest.update(repr(read_with_places(PATH, data)).encode())
    return digest.hexdigest()


def without_fonts(command: list[str]) -> list[str]:
    """The command in a view of the machine that has no fonts."""
    folders = [folder for folder in FONT_FOLDERS if Path(folder).is_dir()]
    hidden = " && ".join(f"mount -t tmpfs tmpfs {folder}" for folder in folders) or "true"
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *as_root, "--mount", "sh", "-c", f'{hidden} && exec "$@"', "sh", *command]


def test_a_machine_without_fonts_reads_the_same() -> None:
    if shutil.which("unshare") is None or subprocess.run(without_fonts(["true"]), capture_output=True).returncode:
        pytest.skip("no other view of the machine's folders can be had here (unshare --mount)")
    program = f"import sys; sys.path[:0] = {sys.path!r}; import {__name__} as own; print(own.all_readings())"
    env = os.environ | {"PYTHONHASHSEED": "0"}
    run = subprocess.run(without_fonts([sys.executable, "-c", program]), capture_output=True, text=True, env=env)
    assert (run.stdout.strip(), run.stderr) == (all_readings(), "")


def test_the_machine_has_its_fonts_again() -> None:
    data = make(lambda sheet: sheet.line("1234567890", size=40))

    def drawn() -> bytes:
        return bytes(pypdfium2.PdfDocument(data)[0].render().to_numpy().tobytes())

    before = drawn()
    assert read(PATH, data).blocks[0].text == "1234567890"
    assert drawn() == before
    with own_font_only():
        assert drawn() != before


def test_the_made_file_holds_no_font() -> None:
    fonts: Any = PdfReader(io.BytesIO(make(lone_characters))).pages[0]["/Resources"]
    held = [font.get_object()["/DescendantFonts"][0] for font in fonts["/Font"].values() if "/DescendantFonts" in font]
    assert len(held) == 1
    assert not [key for key in held[0]["/FontDescriptor"] if key.startswith("/FontFile")]
