"""Small WARC and ARC files, record by record."""

PAGE = """<html><head><title>Quay {0}</title><style>p {{}}</style></head><body>
<p>The quay is mended, {0} says.</p><script>x()</script><p>Nobody&nbsp;cheers.</p>
</body></html>"""
URL = "https://www.post.example/{0}"


def response(number, *, body=None, kind="text/html", status="200 OK", head=""):
    body = PAGE.format(number).encode() if body is None else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{head}\r\n".encode()
    return record("response", number, http + body, "application/http;msgtype=response")


def record(kind, number, block, mime, *, length=None):
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {URL.format(number)}",
        "WARC-Date: 2016-05-03T09:20:00Z",
        f"WARC-Record-ID: <urn:uuid:{number}>",
        f"Content-Type: {mime}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def arc_record(number):
    body = PAGE.format(number).encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"{URL.format(number)} 10.0.0.1 20160503092000 text/html {len(block)}\n"
    return head.encode() + block + b"\n"


INFO = b"1 0 Harbour\nURL IP-address Archive-date Content-type Archive-length\n"
ARC_HEAD = (
    f"filedesc://a.arc 0.0.0.0 20160503092000 text/plain {len(INFO)}\n".encode()
    + INFO
    + b"\n"
)
THREE = [response(number) for number in (1, 2, 3)]
