"""The widgets' files, and text that is safe to show whatever stands in it.

A widget is one script with no import: what all share, then its own. So nothing is
fetched, and a notebook works without a network.
"""

import re
from functools import cache
from importlib.resources import files

FOLDER = files("mediakit.show") / "widgets"
# Signs that are not seen but change what is: controls, marks that reorder a line,
# spaces without width, halves of a character.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


@cache
def widget_files(*names: str) -> tuple[str, str]:
    """Return the script and the style sheet of a widget, what all share first."""
    scripts, styles = (
        [FOLDER / f"{part}.{suffix}" for part in ("common", *names)]
        for suffix in ("js", "css")
    )
    return _joined(scripts), _joined([one for one in styles if one.is_file()])


def _joined(parts: list) -> str:
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def visible(text: str) -> str:
    r"""Return text in which every sign that cannot be seen is written out.

    Line ends and tabs stay, and so do the joiners that Persian, Hindi and emoji need.

    Examples
    --------
    >>> visible("evil\u202etxt.exe\x00")
    'evil⟨U+202E⟩txt.exe⟨U+0000⟩'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def can_show_widgets() -> bool:
    """Say whether this is a notebook's kernel with anywidget installed."""
    try:
        import anywidget  # noqa: F401
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
