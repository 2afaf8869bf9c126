"""show_coding: coding in the notebook, with the keyboard, every answer kept at once."""

import html
import os
from functools import cache

from mediakit.errors import MediakitError, check_choice
from mediakit.show.coding_session import Session
from mediakit.show.display import Shown
from mediakit.show.widget_files import can_show_widgets, visible, widget_files
from mediakit.show.widget_still import display_with_still, live_name
from mediakit.text.codebook import Codebook
from mediakit.text.coding import Coding, open_coding
from mediakit.text.coding_journal import FIRST, ROUNDS


def show_coding(
    coding: Coding | str | os.PathLike, *, coder: str, round: str = FIRST
) -> object:
    """Code in the notebook: one text at a time, one key for each answer.

    What it is for: to make codes that can be trusted. Outlet and date stay out of
    sight; each answer is on disk before the next text appears, so that nothing is lost
    when the browser, the kernel or the power goes; run the cell again to go on.

    Parameters
    ----------
    coding : Coding, str or path
        From `open_coding`, or its folder.
    coder : str
        Who codes. Several may code in one folder, at the same time.
    round : {"first", "final"}, default "first"
        "final" shows only texts of which first answers differ, with what each coder
        said (by number, not by name), and asks for a decision. First answers stay.

    Returns
    -------
    widget
        Displays itself as the last line of a cell. Keys: those beside the answers;
        Enter when several may be chosen; left and right go back and forth; / writes a
        note, Escape leaves it. Without the extra `notebooks`: a page that says how to
        go on without it.

    Raises
    ------
    MediakitError
        If there is no such coding, or `coder` is no name.

    Notes
    -----
    Coders must not talk before all have finished the first round: what they say after
    talking is no evidence of agreement. When not to use it: to code what you wrote an
    instrument on; draw a new sample.

    Examples
    --------
    >>> import tempfile
    >>> import mediakit as mk
    >>> drawn = mk.draw_sample(mk.load_sample("strait"), size=20, unit="article")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     coding = mk.open_coding(folder, sample=drawn, codebook="frames")
    ...     shown = mk.show_coding(coding, coder="Ana")
    """
    check_choice("round", round, ROUNDS)
    if isinstance(coding, (str, os.PathLike)):
        coding = open_coding(coding)
    if not isinstance(coding, Coding):
        raise MediakitError(
            "`coding` must be a folder or from `open_coding`, got "
            f"{type(coding).__name__}."
        )
    session = Session(coding, coder, round)
    return _widget()(session) if can_show_widgets() else _without(session)


@cache
def _widget() -> type:
    """Return the class of the widget, made where anywidget is there."""
    import anywidget
    import traitlets

    class CodingWidget(anywidget.AnyWidget):
        _esm, _css = widget_files("coding")
        book = traitlets.Dict().tag(sync=True)
        view = traitlets.Dict().tag(sync=True)
        live = traitlets.Unicode().tag(sync=True)

        def __init__(self, session: Session):
            self.session = session
            book, view = book_of(session.coding.codebook), session.view()
            super().__init__(book=book, view=view, live=live_name())
            self.on_msg(self._hear)

        def _ipython_display_(self) -> None:
            view = self.session.view()
            told = f"{view['done']} of {view['of']} texts are coded by "
            told += f"{self.session.coder}. To go on, run the cell."
            display_with_still(self, f"<p>{html.escape(told)}</p>", told)

        def _hear(self, _, message, __) -> None:
            said = ""
            try:
                self.session.hear(message)
            except (MediakitError, OSError) as error:
                said = str(error)
            self.view = self.session.view(said)

    return CodingWidget


def book_of(book: Codebook) -> dict:
    """Return what the page shows of a codebook, as plain data."""
    return {
        "title": visible(book.title or book.name),
        "questions": [
            {
                "name": one.name,
                "ask": visible(one.ask),
                "definition": visible(one.definition),
                "many": one.choose == "many",
                "categories": [
                    {
                        "code": kind.code,
                        "key": kind.key,
                        "label": visible(kind.label),
                        "definition": visible(kind.definition),
                        "examples": list(map(visible, kind.examples)),
                    }
                    for kind in one.categories
                ],
            }
            for one in book.questions
        ],
    }


def _without(session: Session) -> Shown:
    """Return how to go on where there are no widgets."""
    view = session.view()
    said = (
        f"{view['done']} of {view['of']} texts are coded by {session.coder}. To code "
        'here, install widgets: pip install "mediakit[notebooks]". Without them: '
        'mk.save_coding(coding, "sheets/NAME.html") writes a page to print and a CSV '
        "to type into; put the CSV into the folder of the coding."
    )
    return Shown(f"<p>{html.escape(said)}</p>", said, "coding", "", {})
