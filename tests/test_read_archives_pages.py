"""The pages of a web archive are read as saved pages are."""

from archive_files import response
from load_helpers import read, told, write

from mediakit.load import pages_source


def test_pages_are_read_as_saved_ones(tmp_path):
    body = (
        "<html><head><meta property='og:site_name' content='The Post'>"
        "<meta property='article:published_time' content='2016-05-01T08:00:00Z'>"
        "</head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
        "<article><h1>The quay is mended</h1>"
        + "<p>Nobody cheers at the harbour, the master says, for it rains.</p>" * 8
        + "</article></body></html>"
    )
    articles = read(write(tmp_path, "c.warc", response(1, body=body.encode())))
    row = articles.iloc[0]
    assert (row["outlet"], row["title"]) == ("The Post", "The quay is mended")
    assert (row["published"].day, row["url"]) == (1, "https://www.post.example/1")
    assert "World" not in row["text"]
    assert told(articles)["rows expected"] == 1


def test_a_page_too_large_for_that_keeps_its_text(tmp_path, monkeypatch):
    monkeypatch.setattr(pages_source, "MOST_ELEMENTS", 3)
    articles = read(write(tmp_path, "c.warc", response(1)))
    assert "The quay is mended, 1 says." in articles.loc[0, "text"]
    assert told(articles)["pages too large to find the article in"] == 1
    assert told(articles)["rows expected"] == told(articles)["rows read"] == 1
