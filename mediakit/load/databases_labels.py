"""The labels that databases print before their fields, in four languages.

Compared without case, accents, blanks and hyphens; each leads to a column of ours.
"""

from mediakit.load.columns import plain

HEAD = {
    "author": "byline autor autores auteur auteurs verfasser",
    "title": "headline titre titel uberschrift schlagzeile titular titulo",
    "section": "section rubrik rubrique seccion ressort",
    "length": "length lange longueur longitud extension",
    "dateline": "dateline",
    "highlight": "highlight",
    "series": "series",
    "edition": "edition ausgabe edicion",
    "source_line": "source quelle fuente",
    "text": "body volltext corps cuerpo",
}
TAIL = {
    "language": "language sprache langue idioma",
    "loaded": "loaddate ladedatum datedechargement fechadecarga update",
    "publication_type": (
        "publicationtype publikationstyp typedepublication tipodepublicacion"
    ),
    "journal_code": "journalcode codedujournal zeitschriftencode",
    "graphic": "graphic grafik graphique grafico",
    "subject": "subject thema sujet objet tema asunto",
    "organization": "organization organisation organizacion",
    "person": "person personne persona",
    "geographic": "geographic geographisch region geographique geografico",
    "company": "company unternehmen societe empresa",
    "industry": "industry branche industrie industria",
    "country": "country land pays pais",
    "url": "url",
    "state": "state",
    "city": "city",
    "notes": "notes anmerkungen remarques notas",
    "correction": "correction korrektur correccion",
    "correction_date": "correctiondate",
    "document_type": "documenttype doctype type",
    "acc_no": "accno",
    "ticker": "ticker",
    "category": "category",
}
HEAD = {name: column for column, names in HEAD.items() for name in names.split()}
TAIL = {name: column for column, names in TAIL.items() for name in names.split()}


def head_column(label: str) -> str | None:
    """Return the column of a label that stands before the text."""
    return HEAD.get(plain(label))


def tail_column(label: str) -> str | None:
    """Return the column of a label that stands after the text."""
    return TAIL.get(plain(label))
