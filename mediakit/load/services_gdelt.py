"""GDELT's article search (DOC 2.0): spans of time halved until each fits an answer.

An answer holds 250 articles at most and does not say how many there are; a span that
fills it is asked again in halves.
"""

from datetime import datetime, timedelta

from mediakit.load.services_ask import NoAnswer, Service
from mediakit.load.services_formats import CUT, MOST_OF_GDELT
from mediakit.progress import progress

ADDRESS = "https://api.gdeltproject.org/api/v2/doc/doc"
DELAY = 5.0
SHORTEST = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
STAMP = "%Y%m%d%H%M%S"


def collect(
    service: Service, query: str, span: tuple[datetime, datetime], limit: int, ledger
) -> list[dict]:
    """Return every article of a span of time that the service gives, each once."""
    found, unasked = {}, []
    for start, articles in progress(
        _answers(service, query, span, unasked, ledger), what="asking GDELT"
    ):
        fresh = [a for a in articles if isinstance(a, dict) and a.get("url")]
        found |= {str(a["url"]): a for a in fresh if str(a["url"]) not in found}
        if len(found) > limit:
            note = f"from {start:%Y-%m-%d %H:%M} on; raise `limit`"
            ledger.add("articles beyond the limit", len(found) - limit, note, lost=True)
            break
    for start, end, why in unasked:
        note = f"{start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}: {why}"
        ledger.add("spans of time not asked for", 1, note, lost=True)
    return list(found.values())[:limit]


def _answers(service: Service, query: str, span: tuple, unasked: list, ledger):
    """Yield the start and the articles of spans that fit into one answer each."""
    waiting, answered = [span], 0
    while waiting:
        start, end = waiting.pop()
        try:
            answer = service.question(
                query=query,
                mode="artlist",
                format="json",
                sort="dateasc",
                maxrecords=MOST_OF_GDELT,
                startdatetime=start.strftime(STAMP),
                enddatetime=end.strftime(STAMP),
            )
        except NoAnswer as error:
            if not answered:
                raise
            unasked.append((start, end, error))
            continue
        answered += 1
        articles = answer.get("articles") or []
        if len(articles) >= MOST_OF_GDELT and end - start > SHORTEST:
            middle = start + (end - start) / 2
            middle = middle.replace(microsecond=0)
            waiting += [(middle + SECOND, end), (start, middle)]
            continue
        if len(articles) >= MOST_OF_GDELT:
            note = f"{start:%Y-%m-%d %H:%M} to {end:%H:%M} has {len(articles)} or more"
            ledger.add(CUT, 1, note, lost=True)
        yield start, articles
