"""A site on this machine that says what it was asked, and fetching from it."""

import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from load_helpers import quiet

import mediakit as mk

CONTACT = "ada@university.example"
HTML = {"Content-Type": "text/html; charset=utf-8"}
WORDS = "The harbour council met on Tuesday and agreed to mend the eastern quay. "
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{0} | Post</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="article:published_time" content="2016-05-0{1}T09:00:00Z"></head>
<body><article><h1>{0} in the harbour today</h1><p>{2}</p><p>Number {0}. {2}</p>
</article></body></html>"""


def page(name, day=3):
    """Return a page with an article of some length."""
    return PAGE.format(name, day, WORDS * 4).encode()


class Site:
    """Routes from path to ``(status, headers, body)``, or to what makes that."""

    def __init__(self, port=0):
        self.asked, self.routes, self.any = [], {}, None
        site = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self):  # noqa: N802
                host = self.headers["Host"].partition(":")[0]
                seen = host, self.path, time.monotonic(), dict(self.headers)
                site.asked.append(seen)
                known = site.routes.get(self.path, site.any)
                answer = known(self) if callable(known) else known
                status, headers, body = answer or (404, HTML, b"nothing here")
                if status:
                    self.send_response(status)
                    for name, value in {"Content-Length": len(body), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, path, body, status=200, **headers):
        """Serve bytes at a path; return its address."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.routes[path] = status, {**HTML, **headers}, body
        return self.url + path

    def paths(self, *, robots=False):
        """Return what was asked, in order, robots.txt left out."""
        return [p for _, p, *_ in self.asked if robots or p != "/robots.txt"]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def site_of(pages=0):
    """Run a site with some pages /1, /2, ... as long as the block lasts."""
    site = Site()
    for number in range(1, pages + 1):
        site.add(f"/{number}", page(number))
    try:
        yield site
    finally:
        site.close()


def fetch(addresses, folder, **options):
    """Fetch from this machine, without pauses, whatever the warnings."""
    options = {"contact": CONTACT, "delay": 0, "private": True, **options}
    with quiet():
        return mk.fetch_pages(addresses, folder=folder, **options)


def send_names_here(monkeypatch, names=".example"):
    """Let names that end so mean this machine; return the names asked for."""
    asked, real = [], socket.getaddrinfo

    def here(host, port, *args, **options):
        asked.append(host)
        if isinstance(names, dict):
            host = names.get(host, host)
        elif host.endswith(names):
            host = "127.0.0.1"
        return real(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", here)
    return asked
