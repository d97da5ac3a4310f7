"""Web server of the live preview, on the local machine."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from proceedings.site.preview import ASK, Answer, View

PATIENCE = 50  # seconds that a request for changes of a page is kept open (long polling)


class Showing:
    """The current view, and notification of browsers that wait for another."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._view = View()

    @property
    def view(self) -> View:
        """The current view."""
        return self._view

    def show(self, view: View) -> None:
        """Replace the view."""
        with self._changed:
            self._view = view
            self._changed.notify_all()

    def is_other(self, path: str, version: str) -> bool:
        """Return whether a page differs from this version, waiting some time for it."""
        with self._changed:
            return self._changed.wait_for(lambda: self._view.ready and self._view.version(path) != version, PATIENCE)


class Server(ThreadingHTTPServer):
    """HTTP server for the current view. Raises OSError if the address is not available."""

    daemon_threads = True

    def __init__(self, host: str, port: int, showing: Showing) -> None:
        self.showing = showing
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind without a DNS lookup of the host name."""
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore browsers that close the connection early."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 2 * PATIENCE
    server: Server

    def do_GET(self) -> None:
        """Answer a request for a file, or for changes of a page."""
        address = urlsplit(self.path)
        if address.path != ASK:
            self._send(self.server.showing.view.answer(unquote(address.path)))
            return
        asked = parse_qs(address.query)
        page, version = (asked.get(name, [""])[0] for name in ("trang", "ban"))
        self._send(Answer(200 if self.server.showing.is_other(page, version) else 204, "text/plain", b""))

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self.do_GET()

    def _send(self, answer: Answer) -> None:
        known = answer.status == 200 and answer.data != b"" and self.headers.get("If-None-Match") == answer.tag
        self.send_response(304 if known else answer.status)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("ETag", answer.tag)
        self.send_header("X-Content-Type-Options", "nosniff")
        if answer.status != 204 and not known:
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(answer.data)))
        self.end_headers()
        if self.command == "GET" and not known:
            self.wfile.write(answer.data)

    def log_message(self, format: str, *args: object) -> None:
        """Suppress the request log."""
