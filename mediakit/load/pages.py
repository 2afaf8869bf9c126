"""Saved web pages, one article each, read with trafilatura and never fetched.

A page without an article stays a row with empty text, and a text that ends at a
paywall is marked.
"""

import re

from mediakit.errors import MediakitError
from mediakit.load.pages_data import articles_in, linked_data, plain_text, script_text
from mediakit.load.pages_layout import simplify
from mediakit.load.pages_metadata import GENERAL_DATA, OTHERWISE, read_metadata
from mediakit.load.pages_source import INSTALL, page_text, page_tree
from mediakit.load.sources import Format, Options, Source
from mediakit.load.text_files import name_parts

ENDINGS = (".html", ".htm", ".xhtml", ".xht", ".shtml")
TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".txt", ".text")
BEGINNING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,5000}-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE,
)
STUB = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock)|to (?:continue|finish) reading"
    r"|(?:this|the full) (?:article|story|text) is "
    r"(?:only )?(?:for|open to|available to|reserved for)\b.{0,30}subscribers"
    r"|already a subscriber|for subscribers only"
    r"|réservée? (?:à|aux) (?:nos )?abonné|il vous reste .{0,20}à lire"
    r"|(?:weiterlesen|jetzt lesen) mit|nur für abonnent|mit .{0,20}abo weiterlesen"
    r"|(?:exclusivo|solo) para suscriptores|suscríbete para (?:seguir|leer)",
    re.IGNORECASE,
)
WALL = re.compile(
    r"\baccess (?:to this \w+ (?:has been|is) )?denied|checking (?:if the site|your "
    r"browser)|enable javascript and cookies|just a moment\.\.\.|verify (?:that )?you "
    r"are (?:a )?human|(?:are you|i'm not) a robot|unusual traffic|pardon our "
    r"interruption|\b(?:403 forbidden|404 not found|50\d \w+ error)|page not found"
    r"|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada"
    r"|partners? (?:store|use|process)\b.{0,40}\bcookies|accept all cookies"
    r"|(?:alle|sämtliche) cookies (?:akzeptieren|zulassen)"
    r"|accepter (?:tous )?les cookies|aceptar (?:todas )?las cookies",
    re.IGNORECASE,
)
CUT = re.compile(r"(?:\.\.\.|…|\[\s*(?:…|\.{3})\s*\])\W*$|(?:\[\+\d+ chars\])$")
UNSURE = ("a date line", "the headline", OTHERWISE, "the address", GENERAL_DATA)
LOST = (OTHERWISE, GENERAL_DATA)
SENTENCE_END = re.compile(r"[.!?。！？…।؟][\"'”’»)\]]*$", re.MULTILINE)
WALLS = "pages that are an error, a check of the browser or a question of cookies"
MENU = 200
ENDING = 60
SHORT = 150
WALL_WORDS = 60
FULLER = 2


def recognise(source: Source) -> bool:
    """Tell a page by its ending or its first tag."""
    if source.kind or source.ending in TABLES:
        return False
    return source.ending in ENDINGS or BEGINNING.match(source.head) is not None


def read(source: Source, options: Options, ledger) -> dict:
    """Read the article of one page."""
    tree = page_tree(page_text(source, options, ledger), source.name, ledger)
    data = linked_data(tree)
    record = read_metadata(tree, data)
    _account_for_date(record, source.name, ledger)
    _name_what_is_open(record, source, ledger)
    in_script = script_text(tree)
    visible = " ".join(tree.xpath("string(//body)").split())
    text, taken = _best_text(_extract(tree), data, in_script)
    wall = _is_wall(text or visible, record["title"] or "")
    truncated = wall or _is_truncated(text, visible, data)
    ledger.add("rows expected", 1)
    ledger.add("rows read", 1)
    if taken:
        ledger.add(
            "texts taken from the data of a page", 1, f"{taken} of {source.name}"
        )
    if not text:
        ledger.add("pages without article text", 1, source.name, lost=True)
    if wall:
        ledger.add(WALLS, 1, source.name, lost=True)
    elif truncated:
        ledger.add("texts with signs of a paywall or a cut", 1, source.name, lost=True)
    return record | {"text": text or None, "truncated": truncated}


def _extract(tree) -> str:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MediakitError(INSTALL) from error
    for element in list(tree.iter("script", "style")):
        element.drop_tree()
    simplify(tree)
    document = bare_extraction(tree, include_comments=False)
    lines = (document.text or "").split("\n") if document else []
    text = "\n\n".join(line for line in lines if line.strip())
    return text if len(text) >= MENU or SENTENCE_END.search(text) else ""


def _best_text(text: str, data: list[dict], in_script: str) -> tuple[str, str]:
    """Return the text, or a much fuller one among the data, and where that stood."""
    bodies = [node.get("articleBody") for node in articles_in(data)]
    bodies = [plain_text(body) for body in bodies if isinstance(body, str)]
    best = text, ""
    for found, where in (
        (max(bodies, key=len, default=""), "JSON-LD"),
        (in_script, "a script"),
    ):
        if len(found.split()) > FULLER * len(best[0].split()):
            best = found, where
    return best


def _is_wall(text: str, title: str) -> bool:
    """Say whether a short page has the words of one that stands before the article."""
    return len(text.split()) < WALL_WORDS and bool(WALL.search(f"{title}\n{text}"))


def _is_truncated(text: str, visible: str, data: list[dict]) -> bool:
    """Say whether a page shows signs that its text goes on elsewhere."""
    words = len(text.split())
    closed = any(
        str(node.get("isAccessibleForFree")).lower() == "false" for node in data
    )
    counts = [str(node.get("wordCount")) for node in articles_in(data)]
    printed = max((int(n) for n in counts if re.fullmatch(r"\d{1,6}", n)), default=0)
    return bool(
        (closed and words < SHORT)
        or (words and printed > FULLER * words)
        or CUT.search(text[-ENDING:])
        or STUB.search(visible)
    )


def _account_for_date(record: dict, name: str, ledger) -> None:
    """Keep a date that needs no other to be read; say where it stood if not marked."""
    text, place = record["published"] or (None, "")
    if place == "nowhere else":
        note = f"as {text!r} in {name}"
        ledger.add("dates a page leaves open", 1, note, lost=True)
        record["date (printed)"], text = text, None
    elif text and place in UNSURE:
        ledger.add(f"dates from {place}", 1, name, lost=place in LOST)
    record["published"] = text


def _name_what_is_open(record: dict, source: Source, ledger) -> None:
    """Take from the names of file and folder the date and outlet a page lacks.

    The folder that holds the whole collection names no outlet, and an address is none.
    """
    if "://" in source.name:
        return
    named = name_parts(source.stem, source.folder if "/" in source.name else "")
    if record["outlet"] and _is_domain_of(record["outlet"], named["outlet"] or ""):
        record["outlet"] = None
    for key, what in (("published", "dates"), ("outlet", "outlets")):
        if record[key] is None and named[key]:
            record[key] = named[key]
            ledger.add(f"{what} from the names of files and folders", 1, source.name)


def _is_domain_of(outlet: str, folder: str) -> bool:
    """Say whether `outlet` is a domain that has the name of the folder in it."""
    name = re.sub(r"\W+", "", folder.casefold())
    return bool(re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", outlet) and name) and (
        name in outlet.casefold().replace("-", "")
    )


FORMAT = Format("page", "saved web pages, one article each", recognise, read)
