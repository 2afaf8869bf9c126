"""Small PDF and Word files, made here line by line."""

import io
import zipfile

BODY = [
    "The quay is mended, the har-",
    "bour master says (today).",
]


def stream(content, head=b""):
    body = content if isinstance(content, bytes) else content.encode("cp1252")
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def drawn(lines):
    """Return the content of a page with lines of (x, y, size, text)."""
    shown = [
        f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({_escaped(text)}) Tj"
        for x, y, size, text in lines
    ]
    return "\n".join(["BT", *shown, "ET"])


def _escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf(*pages, info=None, extra=(), resources=b"", trailer=b""):
    """Return a PDF whose pages have the contents given; extra objects follow."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
    objects = [b"", b"", font + b" /Encoding /WinAnsiEncoding >>"]
    entries = (f"/{key} ({_escaped(text)})" for key, text in (info or {}).items())
    objects.append(f"<< {' '.join(entries)} >>".encode())
    objects += extra
    kids = []
    for content in pages:
        objects.append(stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources "
            b"<< /Font << /F1 3 0 R >> %s >> /Contents %d 0 R >>"
            % (resources, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(kids),
    )
    return assembled(objects, trailer)


def assembled(objects, trailer=b""):
    """Return the file of numbered objects; the fourth says what the PDF is."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R "
        b"/Info 4 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
    )


def paragraph_lines(lines, *, top=640, x=50, size=10):
    """Return lines of one paragraph, 12 apart."""
    return [(x, top - 12 * n, size, text) for n, text in enumerate(lines)]


def article(**said):
    """Return a PDF of one page: a masthead, a headline, a date and two paragraphs."""
    lines = [
        (50, 760, 24, "The Harbour Post"),
        (50, 700, 18, "Quay is mended at last"),
        (50, 680, 10, "3 May 2016"),
        (400, 780, 8, "The Harbour Post"),
        *paragraph_lines(BODY),
        *paragraph_lines(["Nobody cheers, since it", "rains."], top=600),
    ]
    return pdf(drawn(lines), **said)


def word(paragraphs, **parts):
    """Return a Word document whose body is the XML given; `parts` are other files."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        body = f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>"
        archive.writestr("word/document.xml", body)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content.replace("<w:", "<w:", 1))
    return out.getvalue()
