"""show_audit: what is wrong with a table of articles, on one page.

The page is plain HTML without script; all text that came from outside is escaped.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from mediakit.clean.audit import Audit, audit_articles
from mediakit.clean.audit_corpus import audit_corpus
from mediakit.errors import MediakitError
from mediakit.show.audit_page import fragment, lowered, percent, whole_page
from mediakit.show.audit_sections import headline
from mediakit.show.display import Shown, files_of
from mediakit.show.files import new_files, path_for
from mediakit.show.words import one_line
from mediakit.text.corpus import Corpus

NAME = "audit"


@dataclass(frozen=True)
class ShownAudit(Shown):
    """An audit as a notebook cell displays it, which can be saved as a page."""

    document: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the page as one file that needs no other.

        Parameters
        ----------
        path : str or Path
            Must end in ".html". Missing folders are made.

        Returns
        -------
        Path
            The file, whole or not there at all.

        Raises
        ------
        MediakitError
            If the suffix is another or the file cannot be written.
        """
        path = path_for(path, (".html",))
        with new_files(path) as (part,):
            part.write_text(self.document, encoding="utf-8", newline="\n")
        return path


def show_audit(audit: Audit | pd.DataFrame | Corpus) -> ShownAudit:
    """Show on one page what is wrong with a table of articles, or with a corpus.

    It comes before any chart: what was found, where and why it matters; which weeks
    of which outlet are there; and the tables behind.

    Parameters
    ----------
    audit : Audit, DataFrame or Corpus
        What `audit_articles` or `audit_corpus` returned; or ARTICLES or a corpus,
        which are audited first. A derived corpus has no texts: the page says what
        could not be asked.

    Returns
    -------
    ShownAudit
        Displays itself as the last line of a cell; ``.save("audit.html")`` writes
        the page as a file that needs no network.

    Raises
    ------
    MediakitError
        If `audit` is none of these, or the table breaks the schema.

    Notes
    -----
    The page quotes a few words of repeated passages and titles no article. When not
    to use it: to decide a single case; for that read the articles named.

    Examples
    --------
    >>> import mediakit as mk
    >>> shown = mk.show_audit(mk.load_sample("strait").articles)
    >>> shown.text.splitlines()[0]
    '185 articles of 10 outlets, 7 March to 20 July 2016'
    """
    if isinstance(audit, pd.DataFrame):
        audit = audit_articles(audit)
    elif isinstance(audit, Corpus):
        audit = audit_corpus(audit)
    if not isinstance(audit, Audit):
        raise MediakitError(
            "`audit` must be what `mk.audit_articles` returned, a table of articles "
            f"or a corpus, got {type(audit).__name__}."
        )
    csv, sidecar = files_of(audit.summary, NAME)
    found = audit.summary
    lines = [
        f"{row.finding}: {row.articles:,} ({percent(row.share)})"
        + f"; most in {one_line(row.outlet)}" * (row.share < 1)
        for row in found.itertuples()
    ]
    body = fragment(audit)
    return ShownAudit(
        page=lowered(body),
        text="\n".join([headline(audit), *(lines or ["Nothing was found."])]),
        name=NAME,
        csv=csv,
        sidecar=sidecar,
        document=whole_page(body, headline(audit)),
    )
