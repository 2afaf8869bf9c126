"""The passage explorer as a widget: what the browser asks, the explorer answers."""

from functools import cache

from mediakit.show.widget_files import widget_files
from mediakit.show.widget_still import live_name


@cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    script, style = widget_files("passages_parts", "passages")

    class PassagesWidget(anywidget.AnyWidget):
        _esm, _css = script, style
        facts = traitlets.Dict().tag(sync=True)
        query = traitlets.Dict().tag(sync=True)
        page = traitlets.Dict().tag(sync=True)
        live = traitlets.Unicode().tag(sync=True)

    return PassagesWidget


def explorer_widget(explorer):
    """Return a widget that shows an explorer and asks it."""
    asked = {**explorer.query, "asked": 0}
    asked["outlets"] = list(asked["outlets"])
    page = {**explorer.ask(asked), "asked": 0}
    widget = _widget_class()(
        facts=explorer.facts(), query=asked, page=page, live=live_name()
    )

    def search(change) -> None:
        number = change["new"].get("asked", 0)
        page = safely(explorer.ask, change["new"], {"lines": [], "total": 0})
        widget.page = {"start": 0, "status": "", "notes": [], **page, "asked": number}

    def answer(_, content, buffers) -> None:
        told = {name: content.get(name) for name in ("ask", "at", "view")}
        told = safely(explorer.answer, content, told)
        if page := told.pop("page", None):
            widget.page = {**page, "asked": widget.query.get("asked", 0)}
        widget.send(told)

    widget.observe(search, "query")
    widget.on_msg(answer)
    return widget


def safely(function, said, otherwise: dict) -> dict:
    """Return an answer whatever happens: a browser that gets none waits for ever."""
    try:
        return function(said)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return {**otherwise, "error": f"mediakit failed at this ({what[:300]})."}
