"""A widget and its still picture: the picture shows wherever the widget does not live.

A notebook that is opened again has no widgets until its cells are run; JupyterLab
would say "Loading widget..." for ever. So the still picture is an output of its own
below the widget, and gives way as soon as the widget has drawn itself.
"""

from secrets import token_hex

STILL = (
    "<style>div:has([data-mk-live='{id}'])~div [data-mk-still='{id}']{{display:none}}"
    ".jp-OutputArea-child:not(:has([data-mk-live='{id}'])):has(+"
    ".jp-OutputArea-child [data-mk-still='{id}']){{display:none}}</style>"
    "<div data-mk-still='{id}'>{page}</div>"
)
HTML, PLAIN = "text/html", "text/plain"


def live_name() -> str:
    """Return a name by which a widget and its still picture know each other."""
    return token_hex(8)


def display_with_still(widget, page: str, text: str) -> None:
    """Display a widget, and below it what is seen where it does not live.

    Parameters
    ----------
    widget : AnyWidget
        With a trait `live`, from `live_name` when it is made (later would be too late
        for a busy browser), which its script writes on its element as data-mk-live.
    page, text : str
        The still picture, as HTML and as plain text.
    """
    from IPython.display import display

    made = widget._repr_mimebundle_()
    bundle = dict(made[0] if isinstance(made, tuple) else made)
    bundle.pop(HTML, None)
    display({**bundle, PLAIN: text}, raw=True)
    still = STILL.format(id=widget.live, page=page)
    display({HTML: still, PLAIN: ""}, raw=True)
