"""Media Cloud's story list (API version 4): page after page until there is no more."""

from datetime import datetime

from mediakit.load.services_ask import NoAnswer, Service
from mediakit.progress import progress

ADDRESS = "https://search.mediacloud.org/api/search/story-list"
KEY = "MEDIACLOUD_API_KEY"
DELAY = 1.0
PLATFORM = "onlinenews-mediacloud"
PAGE = 1_000
NOT_HAD = "pages of the answer not had"


def collect(
    service: Service,
    query: str,
    span: tuple[datetime, datetime],
    limit: int,
    ledger,
    *,
    collections: tuple[int, ...] = (),
) -> list[dict]:
    """Return the stories of a span of days, each once, up to the limit."""
    found = {}
    pages = _pages(service, query, span, collections, ledger)
    for stories, more in progress(pages, what="asking Media Cloud"):
        fresh = (s for s in stories if isinstance(s, dict))
        found |= {str(s.get("id") or s.get("url")): s for s in fresh}
        if len(found) > limit or (len(found) == limit and more):
            over = len(found) - limit
            note = "and further pages not asked for" if more else ""
            ledger.add("articles beyond the limit", max(over, 1), note, lost=True)
            break
    return list(found.values())[:limit]


def _pages(service: Service, query: str, span: tuple, collections: tuple, ledger):
    """Yield the stories of each page, and whether another follows."""
    asked = {
        "q": query,
        "start": f"{span[0]:%Y-%m-%d}",
        "end": f"{span[1]:%Y-%m-%d}",
        "platform": PLATFORM,
        "page_size": PAGE,
    }
    if collections:
        asked["cs"] = ",".join(map(str, collections))
    token, seen = None, set()
    while token is None or token not in seen:
        seen.add(token)
        more = {"pagination_token": token} if token else {}
        try:
            answer = service.question(**asked, **more)
        except NoAnswer as error:
            if token is None:
                raise
            ledger.add(NOT_HAD, 1, str(error), lost=True)
            return
        token = answer.get("pagination_token")
        token = token if isinstance(token, str) and token else None
        yield answer.get("stories") or [], token is not None
        if token is None:
            return
    ledger.add(
        "pages of the answer not had", 1, "the service repeats itself", lost=True
    )
