"""Fill the hand-written page templates with articles of the constructed corpus.

A template is HTML with $names; `<!--each LIST FROM:TO-->...<!--end-->` repeats.
"""

import json
import re
from datetime import datetime, timedelta
from html import escape
from html.entities import codepoint2name
from pathlib import Path
from string import Template

from make_strait import Parsed

TEMPLATES = Path(__file__).parent / "strait_templates"
EACH = re.compile(r"<!--each (\w+)(?: (\d*):(\d*))?-->(.*?)<!--end-->", re.DOTALL)
LIGATURES = {"ffi": "\ufb03", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}
BREAK = re.compile(  # between two consonants, or before a consonant and a vowel
    r"(?<=\w)([aeiouy](?!sh|ch|th|ph|gh|ck|st|tr)[b-df-hj-np-tv-xz]"
    r"(?=[b-df-hj-np-tv-xz][aeiouy]\w)|(?<=\w)[aeiou](?=[b-df-hj-np-tv-z][aeiouy]\w\w))"
)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
NOTE = "Constructed page of an invented outlet, made for teaching."


def fill(template: str, values: dict) -> str:
    """Return the template with its names filled in and its lists written out."""
    plain, *rest = EACH.split(template)
    filled = [Template(plain).substitute(values)]
    for n in range(0, len(rest), 5):
        name, start, stop, inner, plain = rest[n : n + 5]
        chosen = values[name][int(start or 0) : int(stop) if stop else None]
        filled += [Template(inner).substitute(values | one) for one in chosen]
        filled.append(Template(plain).substitute(values))
    return "".join(filled)


def to_html(text: str, entities: str = "") -> str:
    """Return the text escaped, with entities "named" or "numeric" where wanted."""
    text = escape(text, quote=False)
    if entities == "named":
        text = text.replace('"', "&quot;").replace("'", "&#39;")
        names = {ord(c): codepoint2name.get(ord(c), f"#{ord(c)}") for c in text}
        return "".join(f"&{names[ord(c)]};" if ord(c) > 127 else c for c in text)
    if entities == "numeric":
        return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text)
    return text


def with_broken_words(text: str, width: int = 36) -> str:
    """Return the text in narrow lines, with long words broken at their ends."""
    lines = [""]
    for word in text.split():
        room = width - len(lines[-1]) - 1
        cuts = [hit.end(1) for hit in BREAK.finditer(word) if hit.end(1) < room]
        if len(word) > room >= 3 and cuts:
            lines[-1] += f" {word[: cuts[-1]]}-"
            lines.append(word[cuts[-1] :])
        elif len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def with_ligatures(text: str) -> str:
    """Return the text with the joined letters that character recognition leaves."""
    for letters, joined in LIGATURES.items():
        text = text.replace(letters, joined)
    return text


def paragraphs(one: Parsed) -> list[dict]:
    """Return the paragraphs in order: kind (story or furniture), dateline, rest."""
    kinds = {mark[:2]: mark[3] for mark in one.spans if mark[2] == "b"}
    found, at = [], 0
    for text in one.text.split("\n\n"):
        kind = kinds.get((at, at + len(text)), "story")
        datelines = [
            text[: end - start]
            for (start, end), what in kinds.items()
            if start == at and what == "dateline"
        ]
        found.append(
            {
                "kind": "story" if kind == "dateline" else kind,
                "text": text,
                "dateline": "".join(datelines),
                "rest": text.removeprefix("".join(datelines)),
            }
        )
        at += len(text) + 2
    return found


def split_furniture(text: str) -> list[str]:
    """Return the parts of a caption or of a list of further titles."""
    text = re.sub(r"^\[Picture: |\]$|^READ MORE: |^Related: ", "", text)
    return text.split(" | ")


def dates(when: datetime) -> dict:
    """Return a time in the ways in which the outlets print it."""
    return {
        "iso": f"{when:%Y-%m-%dT%H:%M:00Z}",
        "day": f"{when.day} {when:%B %Y}",
        "shortday": f"{when.day} {when:%b}",
        "weekday": f"{when:%A}",
        "usday": f"{when:%B} {when.day}, {when.year}",
        "slashed": f"{when:%d/%m/%Y}",
        "dotted": f"{when:%d.%m.%Y}",
        "compact": f"{when:%Y%m%d}",
        "time": f"{when:%H:%M}",
    }


def earlier(one: Parsed, articles: list[Parsed], evergreens: list[str]) -> list[dict]:
    """Return what the site had printed before, newest first, then its evergreens."""
    when = published(one)
    found = []
    for other in reversed(articles):
        if other.outlet == one.outlet and published(other) < when:
            stories = [p["rest"] for p in paragraphs(other) if p["kind"] == "story"]
            found.append(
                (other.head["title"], other.name, published(other), stories[0])
            )
    for n, title in enumerate(evergreens, start=1):
        name = re.sub(r"\W+", "-", title.lower()).strip("-")
        found.append((title, name, when - timedelta(hours=9 * n), ""))
    return [
        {"title": title, "name": name, "lead": lead.strip(), **dates(day)}
        for title, name, day, lead in found
    ]


def published(one: Parsed) -> datetime:
    """Return when the article appeared."""
    return datetime.fromisoformat(one.head["date"] + "+00:00")


def page_values(one: Parsed, plan: dict, articles: list[Parsed], house: dict) -> dict:
    """Return all that a template may name, escaped for HTML."""
    lists = page_lists(one, plan, articles, house)
    captions = lists["caption"] or [{"title": plan.get("caption", "")}]
    raw = {
        **{key: one.head[key] for key in ["title", "section", "author"]},
        **{key: plan.get(key, "") for key in ["credit", "deck"]},
        "byline": " ".join(item["title"] for item in lists["byline"]),
        "caption": " ".join(item["title"] for item in captions),
        "seo": plan.get("seo", one.head["title"]),
    }
    wanted = plan.get("entities", "")
    values = {
        **{
            name: [{k: to_html(v, wanted) for k, v in item.items()} for item in items]
            for name, items in lists.items()
        },
        **{name: to_html(text, wanted) for name, text in raw.items()},
        **{f"{name}_json": json.dumps(text)[1:-1] for name, text in raw.items()},
        **{f"{name}_attr": escape(text) for name, text in raw.items()},
        **dates(published(one)),
        "name": one.name,
        "url": f"https://{house['domain']}/2016/{one.name}",
        "host": house["domain"],
        "charset": plan["declared"],
        "pixel": PIXEL,
        "note": NOTE,
        "state": app_state(raw, lists, published(one)),
    }
    part = TEMPLATES / "parts" / f"{one.name}.html"
    values["part"] = fill(part.read_text("utf-8"), values) if part.is_file() else ""
    return values


def page_lists(one: Parsed, plan: dict, articles: list[Parsed], house: dict) -> dict:
    """Return what a template may repeat: paragraphs, furniture, other headlines."""
    pieces = paragraphs(one)
    before = earlier(one, articles, house["evergreens"])
    read = sorted(before[:9], key=lambda item: item["title"][::-1])  # any fixed order
    story = [piece for piece in pieces if piece["kind"] == "story"]
    lists = {
        "story": [
            {
                **piece,
                "broken": with_broken_words(piece["text"]),
                "joined": with_ligatures(piece["text"]),
            }
            for piece in story[: plan.get("cut")]
        ],
        "recent": before,
        "read": [{**item, "n": str(n)} for n, item in enumerate(read, start=1)],
        "points": [{"text": point} for point in plan.get("points", [])],
    }
    for kind in ["byline", "caption", "related", "update", "correction"]:
        texts = [piece["text"] for piece in pieces if piece["kind"] == kind]
        parts = [part for text in texts for part in split_furniture(text)]
        lists[kind] = [{"title": part} for part in parts]
    return lists


def app_state(raw: dict, lists: dict, when: datetime) -> str:
    """Return the article as the JSON that a single-page app carries."""
    state = {
        "article": {
            **{key: raw[key] for key in ["title", "section", "byline", "caption"]},
            "publishedAt": round(when.timestamp()) * 1000,
            "body": [{"type": "p", "html": to_html(p["text"])} for p in lists["story"]],
        },
        "mostRead": [{"rank": p["n"], "title": p["title"]} for p in lists["read"]],
        "latest": [{"at": p["time"], "title": p["title"]} for p in lists["recent"][:6]],
    }
    return json.dumps(state).replace("<", "\\u003c")
