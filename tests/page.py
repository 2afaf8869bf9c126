"""Look at a page of HTML as a browser and a screen reader would."""

import re
from html.parser import HTMLParser

LOADS = {"src", "srcset", "poster", "data", "action", "background"}
ACTIVE = {"script", "iframe", "object", "embed", "form", "link", "base", "video"}


class Page(HTMLParser):
    """What a page holds: headings, pictures, links, loads and anything active."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.pictures, self.links = [], [], []
        self.loads, self.active, self.ids, self.text = [], [], [], []
        self._style = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag == "img":
            self.pictures.append(attrs)
        if tag == "a":
            self.links.append(attrs)
        if tag in ACTIVE or any(name.startswith("on") for name in attrs):
            self.active.append((tag, attrs))
        self.loads += [attrs[name] for name in LOADS & set(attrs)]
        self.ids += [attrs["id"]] if "id" in attrs else []
        self._style = tag == "style"

    def handle_data(self, data):
        if not self._style:
            self.text.append(data)


def check_page(text):
    """Return the page; fail where it is not whole, quiet and readable."""
    page = Page(text)
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(b <= a + 1 for a, b in steps), "a level of headings is skipped"
    assert all(len(picture.get("alt", "")) > 20 for picture in page.pictures)
    assert all(load.startswith("data:image/") for load in page.loads)
    assert not page.active
    assert "@import" not in text
    assert "url(" not in text
    assert len(set(page.ids)) == len(page.ids)
    targets = {link["href"] for link in page.links if link["href"].startswith("#")}
    assert targets == {f"#{name}" for name in page.ids}
    return page


def figures_without_numbers(text):
    """Return the figures that have no table: in them, or told of and right below."""
    text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)
    lacking = []
    for figure in re.finditer(r"<figure>.*?</figure>", text, re.DOTALL):
        after = text[figure.end() :].partition("<figure>")[0]
        below = "in the table below" in figure[0] and "<table" in after
        empty = 'alt="No rows' in figure[0]  # it says so, and has no numbers
        if "<table" not in figure[0] and not below and not empty:
            lacking.append(figure[0][:200])
    return lacking
