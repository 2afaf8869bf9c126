"""The words of mediakit: documents and notebooks as plain prose, link by link."""

import re
from functools import cache
from pathlib import Path

from simplemma import is_known

from mediakit.share.editions import notebook_paths, read_notebook

ROOT = Path(__file__).resolve().parents[1]
PLACES = ["*.md", "data/**/*.md", "notebooks/**/*.md"]
PLACES += ["mediakit/docs/**/*.md", "benchmarks/**/*.md"]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
NOT_PROSE = [
    re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL),
    re.compile(r"``.+?``|`[^`]*`", re.DOTALL),
    re.compile(r"<https?://[^>]*>|https?://\S+"),
    re.compile(r"<!--.*?-->|</?[a-z][^>]*>", re.DOTALL),
    re.compile(r"(?<=\])\([^)\s]*\)"),
    re.compile(r"&\w+;"),
]
WORD = re.compile(r"(?<![\w./@-])[A-Za-z]+(?:['’][a-z]+)?(?![\w@]|[./]\w)")


def documents():
    """Return name -> text of all Markdown that ships, notebooks included."""
    found = {path for place in PLACES for path in ROOT.glob(place)}
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted(found)
    }
    for name, path in notebook_paths().items():
        cells = [c for c in read_notebook(path).cells if c.cell_type == "markdown"]
        texts[f"notebooks/{name}.ipynb"] = "\n\n".join(cell.source for cell in cells)
    return texts


def prose(text):
    """Return text without code, addresses and tags."""
    for pattern in NOT_PROSE:
        text = pattern.sub(" □ ", text)
    return text


def anchors(text):
    """Return what a link may name in a document: its headings, as GitHub does."""
    text = NOT_PROSE[0].sub(" ", text)
    heads = re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def levels(text):
    """Return the levels of the headings, in order."""
    text = NOT_PROSE[0].sub(" ", text)
    return [len(marks) for marks in re.findall(r"^(#+) .+$", text, re.MULTILINE)]


def broken_links(name, text):
    """Return the links of a document that lead nowhere in the repository."""
    here, broken = (ROOT / name).parent, []
    for target in LINK.findall(NOT_PROSE[1].sub(" ", NOT_PROSE[0].sub(" ", text))):
        if re.match(r"[a-z]+:", target):
            if not re.match(r"https://[\w.-]+\.[a-z]+(/|$)|mailto:", target):
                broken.append(target)
            continue
        path, _, anchor = target.partition("#")
        file = here / path
        known = not path or file.exists()
        if anchor and not path:
            known = anchor in anchors(text)
        elif known and anchor and file.suffix == ".md":
            known = anchor in anchors(file.read_text("utf-8"))
        if not known:
            broken.append(target)
    return broken


@cache
def allowed():
    """Return the words that are right although no dictionary has them."""
    lines = (ROOT / "tests" / "words.txt").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@cache
def known(word):
    """Say whether a word is spelled as somebody spells it."""
    plain = re.sub(r"['’]s?$", "", word)
    plain = re.sub(r"['’](s|t|ll|ve|re|d|m)$", "", plain)
    return len(plain) < 3 or plain in allowed() or is_known(plain, lang="en")


def unknown_words(text):
    """Return the words of a text, names aside, that are in no list."""
    words = WORD.findall(prose(text))
    return {one for one in words if one.islower() and not known(one)}
