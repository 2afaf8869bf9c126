"""The formats there are, and which one a file has.

A new format is one file with a `Format` and its name in `FORMATS`.
"""

from mediakit.errors import MediakitError
from mediakit.load import (
    addresses,
    archives,
    delimited,
    documents_pdf,
    documents_word,
    europresse,
    excel,
    excel_old,
    factiva,
    feeds,
    json_records,
    nexis,
    pages,
    parquet,
    proquest,
    services_formats,
    sitemaps,
    text_files,
)
from mediakit.load.sources import Format, Source

DATABASES = (nexis.FORMAT, factiva.FORMAT, europresse.FORMAT, proquest.FORMAT)
MARKED = (feeds.FORMAT, sitemaps.FORMAT, archives.FORMAT, addresses.FORMAT)
SERVICES = (services_formats.GDELT, services_formats.MEDIACLOUD)
FORMATS = {
    form.name: form
    for form in (
        *DATABASES,
        *MARKED,
        *SERVICES,
        parquet.FORMAT,
        excel.FORMAT,
        excel_old.FORMAT,
        json_records.LINES,
        json_records.JSON,
        delimited.FORMAT,
        pages.FORMAT,
        documents_pdf.FORMAT,
        documents_word.FORMAT,
        text_files.FORMAT,
    )
}
NAMES = (*FORMATS, "tsv")


def find_format(source: Source, said: str | None, *, headerless: bool) -> Format:
    """Return the format the user named, or the only one that recognises the file.

    A database's export is more than the text or page that it also is, and so is what
    names its kind in its first tag or line. A `headerless` text file is a table: an
    article has no columns to name.
    """
    if not len(source.data):
        raise MediakitError(f"{source.name} is empty.")
    if said is not None:
        return FORMATS["csv" if said == "tsv" else said]
    special = (*DATABASES, *MARKED, *SERVICES)
    fitting = [form for form in special if form.recognise(source)]
    fitting = fitting or [form for form in FORMATS.values() if form.recognise(source)]
    if headerless and fitting == [text_files.FORMAT]:
        return delimited.FORMAT
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and source.kind:
        raise MediakitError(f"{source.name} is {source.kind}; no reader takes that.")
    tried = ", ".join(f"{form.name} ({form.what})" for form in FORMATS.values())
    found = (
        f"could be {[form.name for form in fitting]}" if fitting else "is none known"
    )
    raise MediakitError(
        f"The format of {source.name} {found}; tried were {tried}. "
        "Say which it is, as in format='csv'."
    )
