"""What coders read, made safe to look at: odd characters visible, the match marked."""

import re

# Unicode's embeddings and overrides turn text around; control characters hide it.
ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]"
)


def visible(text: str) -> str:
    r"""Return text in which no character turns or hides another.

    Examples
    --------
    >>> visible("a\u202eb\x00c"), visible("two\r\nlines")
    ('a⟨U+202E⟩b⟨U+0000⟩c', 'two\nlines')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return ODD.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", lines)


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
