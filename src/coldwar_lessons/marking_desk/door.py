"""Who may enter the desk: only this machine, only with the address that the command printed.

The desk listens on the loopback interface alone. The address carries a random token, which the browser exchanges for
a cookie that no script can read and that no other site's page can send along. A page elsewhere that has its own name
point at this machine (DNS rebinding) is refused by its ``Host``. A form is taken only with a token that no other page
can read, and only from a page of the desk itself.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"

#: Scripts, styles and pictures from files of this server only, nothing else, and nobody may frame the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Sources that are opened from here learn nothing of where from; our own forms still say where they come from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Door:
    """The secrets of one run.

    Attributes
    ----------
    port
        Where the server listens.
    token
        In the address that the command prints; it lets in as often as it is used.
    once
        In the address that the command opens in a browser: other users of this machine may see it in the list of
        processes, so it lets in once.
    session
        What the cookie holds.
    form
        What every form holds.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    once: set[str] = field(default_factory=lambda: {secrets.token_urlsafe(24)})
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The cookie's name; servers on other ports of this machine share a browser's cookies."""
        return f"marking-desk-{self.port}"

    def address(self, token: str | None = None) -> str:
        """The address that lets in."""
        return f"http://{LOOPBACK}:{self.port}/open/{token or self.token}"

    def knows_host(self, host: str) -> bool:
        """Whether a request was meant for this server, by its ``Host``."""
        names = {f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"}
        return host in (names if self.port != 80 else names | {LOOPBACK, "localhost"})

    def lets_in(self, token: str) -> bool:
        """Whether a token in an address is right; one that lets in once is used up."""
        if any(_same(token, one) for one in self.once):
            self.once.clear()
            return True
        return _same(token, self.token)

    def knows_session(self, value: str | None) -> bool:
        """Whether a cookie is the one that was given out."""
        return value is not None and _same(value, self.session)

    def takes_form(self, token: str, origin: str | None, fetch_site: str | None) -> bool:
        """Whether a form comes from a page of the desk."""
        origins = {None, f"http://{LOOPBACK}:{self.port}", f"http://localhost:{self.port}"}
        return _same(token, self.form) and origin in origins and fetch_site in {None, "same-origin"}


def _same(one: str, other: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
