"""Draw the card that previews of the book's links show: ``python -m coldwar_lessons.book.card [CHROMIUM]``.

Run it by hand when the card's words change; its result, ``book/_static/card.png``, is kept in the repository.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from coldwar_lessons.content.load import content_root, load_course
from coldwar_lessons.markup import Element, h

WIDTH, HEIGHT = 1200, 630
_STYLE = """
* { box-sizing: border-box; margin: 0; }
body { width: 1200px; height: 630px; overflow: hidden; background: #fffdf8; color: #1d1b18;
  font-family: Charter, "Bitstream Charter", "Liberation Serif", Georgia, serif; border-top: 18px solid #8a1c1c; }
main { display: grid; grid-template-columns: 600px 440px; gap: 60px; padding: 64px 0 0 60px; }
h1 { font-size: 96px; line-height: 1; letter-spacing: -0.025em; }
p { margin-top: 34px; font-size: 32px; line-height: 1.35; color: #57524a; }
div { align-self: start; padding: 36px 40px 60px; background: #faf4e6; border: 1px solid #cfc6b4;
  box-shadow: 0 24px 60px -20px rgb(0 0 0 / 45%); transform: rotate(1.6deg);
  font: 22px/1.65 "Courier Prime", "Nimbus Mono PS", "Liberation Mono", monospace; }
b { display: inline-block; margin-bottom: 24px; padding: 2px 14px; border: 3px solid #8a1c1c; border-radius: 3px;
  color: #8a1c1c; font-size: 28px; letter-spacing: 0.12em; transform: rotate(-3deg); }
"""


def card() -> Element:
    """Build the card as a page."""
    course = load_course()
    stamp = next((part.text for part in course.paper.parts if part.role == "mark"), None)
    return h(
        "html",
        h("head", h("meta", charset="utf-8"), h("style", _STYLE)),
        h(
            "body",
            h(
                "main",
                h(
                    "section",
                    h("h1", course.about.title),
                    h("p", course.about.subtitle),
                ),
                h("div", [h("b", stamp), h("br")] if stamp else None, course.sentence(course.about.epigraph).text),
            ),
        ),
        lang=course.about.language,
    )


def draw(chromium: str, output: Path) -> None:
    """Draw the card with Chromium, and keep it small."""
    from PIL import Image  # noqa: PLC0415 - needed for this one file only

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, shot = folder / "card.html", folder / "card.png"
        page.write_text(f"<!DOCTYPE html>{card().to_html()}", encoding="utf-8")
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}",
            f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={shot}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(shot) as image:
            image.convert("RGB").quantize(48).save(output, optimize=True)


def main(arguments: list[str]) -> int:
    """Draw the card into ``book/_static``."""
    chromium = arguments[0] if arguments else shutil.which("chromium")
    if not chromium:
        print("no chromium found: name one, python -m coldwar_lessons.book.card /path/to/chromium")
        return 2
    output = content_root() / "book" / "_static" / "card.png"
    draw(chromium, output)
    print(f"{output}: {output.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
