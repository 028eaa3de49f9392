"""Pictures on the pages: their size is told before they arrive, and they are fetched when a reader comes near.

So nothing moves while a page is read on a slow line, and nobody pays for what they do not look at. Sphinx can tell a
size only in an inline style, which the book's policy forbids.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from urllib.parse import unquote

from sphinx.environment import BuildEnvironment

_IMAGE = re.compile(r'<img (?![^>]*\bwidth=)([^>]*?\bsrc="[^"]*_images/([^"/]+\.png)"[^>]*?)\s*/?>')
_PNG = b"\x89PNG\r\n\x1a\n"


def tell_sizes(body: str, env: BuildEnvironment) -> str:
    """Write the sizes of pictures into a page.

    Parameters
    ----------
    body
        The page's HTML.
    env
        Sphinx's environment, which knows where each picture came from.
    """
    sources = {name: Path(env.srcdir) / source for source, (_, name) in env.images.items()}

    def sized(image: re.Match[str]) -> str:
        size = png_size(sources.get(unquote(image[2])))
        if size is None:
            return image[0]
        return f'<img {image[1]} width="{size[0]}" height="{size[1]}" loading="lazy">'

    return _IMAGE.sub(sized, body)


def png_size(file: Path | None) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels (ISO/IEC 15948, 11.2.2); nothing when the file is none."""
    if file is None or not file.is_file():
        return None
    with file.open("rb") as picture:
        head = picture.read(24)
    if len(head) < 24 or not head.startswith(_PNG):
        return None
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)
