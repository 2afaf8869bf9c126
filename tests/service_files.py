"""Articles and stories as GDELT and Media Cloud send them."""


def seen(number, at):
    """Return an article as the DOC 2.0 API sends it."""
    return {
        "url": f"https://post.example/{number}",
        "url_mobile": "",
        "title": f"Quay {number}",
        "seendate": f"{at:%Y%m%dT%H%M%SZ}",
        "socialimage": "",
        "domain": "post.example",
        "language": "German",
        "sourcecountry": "Germany",
    }


def story(number):
    """Return a story as Media Cloud's story list sends it."""
    return {
        "id": f"{number:032x}",
        "media_name": "post.example",
        "media_url": "post.example",
        "title": f"Quay {number}",
        "publish_date": "2024-05-01",
        "url": f"https://post.example/{number}",
        "language": "en",
        "indexed_date": "2024-05-02T10:11:12.000001",
    }
