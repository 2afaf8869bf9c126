"""A figure that answers when it is pointed at: the row behind a mark, in words.

It needs no script, so it works in a saved notebook and on a page of the course: every
mark is a radio button over the picture, reached by Tab and the arrow keys, and what
it says appears under the pointer or the focus. Where a page drops the style, the
picture is left.
"""

import html
import io
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mediakit.show.captions import drawn_on
from mediakit.show.sizes import now
from mediakit.show.widget_files import visible

MOST_SPOTS = 1_000
PAD = 0.1  # inches around what is drawn
LABEL = "Marks of the figure: arrow keys go from one to the next"
OWN_KEYS = "data-lm-suppress-shortcuts"  # JupyterLab reads it on the focused element
STYLE = (
    "<style>.mk-points{position:relative;display:inline-block;max-width:100%}"
    ".mk-points>img{display:block;max-width:100%;height:auto}"
    ".mk-points>div[hidden]{display:block}"
    ".mk-points label{position:absolute;width:20px;height:20px;margin:-10px 0 0 -10px;"
    "border-radius:50%;cursor:help}"
    ".mk-points input{position:absolute;opacity:0;margin:0;width:100%;height:100%;"
    "cursor:help}"
    ".mk-points label:hover,.mk-points label:focus-within{outline:3px solid #1a1a1a;"
    "outline-offset:-3px;z-index:2}"
    ".mk-points span{position:absolute;top:22px;left:0;width:max-content;"
    "max-width:17rem;padding:.4rem .6rem;background:#fff;color:#1a1a1a;"
    "border:2px solid #1a1a1a;font:14px/1.4 system-ui,sans-serif;opacity:0;"
    "pointer-events:none;clip-path:inset(50%);overflow-wrap:anywhere}"
    ".mk-points .mk-r span{left:auto;right:0}"
    ".mk-points .mk-b span{top:auto;bottom:22px}"
    ".mk-points label:hover span,.mk-points label:focus-within span{opacity:1;"
    "clip-path:none}@media print{.mk-points label{display:none}}</style>"
)


def picture(figure: Figure, alt: str) -> str:
    """Return a figure as HTML: the picture, and over it what its marks say."""
    figure.draw_without_rendering()
    box = figure.get_tightbbox().padded(PAD)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=now().screen_dpi, bbox_inches=box)
    data = b64encode(png.getvalue()).decode()
    image = (
        f'<img alt="{html.escape(visible(alt))}" src="data:image/png;base64,{data}">'
    )
    spots = [one for ax in figure.axes for one in _placed(ax, box)]
    if not 0 < len(spots) <= MOST_SPOTS:
        return image
    name = "mk" + sha256(png.getvalue()).hexdigest()[:12]
    labels = "".join(_label(name, *one) for one in spots)
    return (
        f'<div class="mk-points">{STYLE}{image}'
        f'<div role="radiogroup" aria-label="{LABEL}" hidden>{labels}</div></div>'
    )


def _placed(ax: Axes, box) -> Iterable[tuple[float, float, str]]:
    """Yield where each mark stands in the picture, from 0 to 1, and what it says."""
    known = drawn_on(ax)
    dpi = ax.get_figure(root=True).dpi
    for spot in known.spots if known else ():
        x, y = ax.transData.transform((spot.x, spot.y)) / dpi
        left, top = (x - box.x0) / box.width, (box.y1 - y) / box.height
        if 0 <= left <= 1 and 0 <= top <= 1:
            yield left, top, spot.words


def _label(name: str, left: float, top: float, words: str) -> str:
    side = ("mk-r" if left > 0.5 else "") + (" mk-b" if top > 0.55 else "")
    return (
        f'<label class="{side}" style="left:{left:.2%};top:{top:.2%}">'
        f'<input type="radio" name="{name}" {OWN_KEYS}>'
        f"<span>{html.escape(visible(words))}</span></label>"
    )
