"""A ward's own website: pages on another origin than the assistant's, put up by the tests."""

from __future__ import annotations

from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

# Every browser finds *.localhost on its own machine. Both names lead here; the assistant knows the first alone.
KNOWN, STRANGER = "phuong.localhost", "khac.localhost"

PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Phường</title><link rel="icon" href="/icon"><link rel="stylesheet" href="/own.css">{head}</head>
<body><header><h1>Ủy ban nhân dân phường</h1><nav><a href="/">Trang chủ</a> <a href="/tin">Tin tức</a></nav></header>
<main><h2>Thông báo</h2><p>Lịch tiếp công dân tháng này.</p><ul><li>Tin thứ nhất</li><li>Tin thứ hai</li></ul>
<form><label>Tìm trên trang <input name="tim"></label> <button type="button">Tìm</button></form></main>
<footer><a href="/lien-he">Liên hệ</a></footer>{line}</body></html>"""
OWN_STYLE = "body { font: 18px Georgia, serif; margin: 2rem; color: #333 } a { color: #0645ad } button { padding: 8px }"


class Site:
    """A web server on loopback; what it serves is put up page by page."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, bytes, str]] = {}  # type, content, policy
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Shown, self._files))
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Site:
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        """How the assistant knows it."""
        return self.origin_of(KNOWN)

    def origin_of(self, name: str) -> str:
        """The same server under another of its names."""
        return f"http://{name}:{self._server.server_address[1]}"

    def put(self, line: str = "", *, head: str = "", style: str = OWN_STYLE, policy: str = "", path: str = "/") -> None:
        """Show a page that ends in `line`, with a style of its own and, if given, a Content-Security-Policy."""
        self._files["/own.css"] = "text/css", style.encode(), ""
        self._files[path] = "text/html; charset=utf-8", PAGE.format(line=line, head=head).encode(), policy


def line_for(assistant: str, **data: str) -> str:
    """The line that embeds the widget, with its options: color="#8e1b22" is written data-color."""
    options = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return f'<script src="{assistant}/widget.js"{options} async></script>'


class _Shown(BaseHTTPRequestHandler):
    def __init__(self, files: dict[str, tuple[str, bytes, str]], *connection: object) -> None:
        self._files = files
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer with the file of this path."""
        kind, content, policy = self._files.get(urlsplit(self.path).path, ("text/plain", b"", ""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *values: object) -> None:
        """Keep the terminal for the tests."""
