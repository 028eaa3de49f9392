"""A small web server that compresses as real ones do, and counts what it sends."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

#: What is compressed already.
_PACKED = (".woff", ".woff2", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".gz")


@dataclass
class Site:
    """A running server.

    Attributes
    ----------
    sent
        Path and bytes of each answer's body, in order.
    """

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)

    def take(self) -> list[tuple[str, int]]:
        """What was sent since the last time."""
        taken, self.sent = self.sent, []
        return taken


def from_folder(folder: Path) -> Callable[[str], bytes | None]:
    """Find files below a folder."""

    def find(path: str) -> bytes | None:
        file = folder / path.lstrip("/")
        return file.read_bytes() if file.is_file() and file.resolve().is_relative_to(folder.resolve()) else None

    return find


@contextmanager
def serve(
    find: Callable[[str], bytes | None], headers: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})
) -> Iterator[Site]:
    """Serve what ``find`` finds for a path, on this machine only; each answer has these headers too."""
    packed: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # One packet an answer: two small ones would wait 40 ms for each other.
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            body = packed.get(path)
            if body is None:
                found = find(path)
                if found is None:
                    # Not counted: what a browser asks for on its own account, such as a missing favicon.
                    self.send_error(404)
                    return
                body = packed[path] = found if path.endswith(_PACKED) else gzip.compress(found, 6)
            site.sent.append((path, len(body)))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            if not path.endswith(_PACKED):
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
