"""Where in a text the match stands that coders are asked about."""

import re


def around(text: str, match: str) -> tuple[str, str, str]:
    """Return what stands before, in and after the match nearest to the middle.

    Examples
    --------
    >>> around("war and more war here", "war"), around("peace", "war")
    (('war and more ', 'war', ' here'), ('peace', '', ''))
    """
    places = (
        [one.start() for one in re.finditer(re.escape(match), text)] if match else []
    )
    if not places:
        return text, "", ""
    middle = (len(text) - len(match)) / 2
    start = min(places, key=lambda place: abs(place - middle))
    end = start + len(match)
    return text[:start], text[start:end], text[end:]
