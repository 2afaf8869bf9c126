"""Exports of Europresse in two layouts."""

import pandas as pd
import pytest
from database_files import notes, page, sample
from load_helpers import read, told, write

import mediakit as mk

RULES = "<table><tr><td>Certificat émis à <b>X</b></td></tr></table>"
OLD = (
    "<table><tr><td><span class='DocPublicationName'>Le Quai, no. 12</span><br>"
    "<span class='DocHeader'>{section}, </span><span class='DocHeader'>{date}</span>"
    "<span class='DocHeader'>, p. 03</span><br><br>Ports<br>"
    "<span class='TitreArticleVisu'>Un <span>quai</span> réparé</span><br><br>"
    "{author}Le quai est <b>réparé</b>.<p></p>Personne n'applaudit."
    "<p></p><b><i>© 2016 Le Quai. Tous droits réservés.</i></b><p></p>"
    "Numéro de document : news·20160503·QU·00{n}<br>" + RULES + "</td></tr></table>"
)
NEW = (
    "<article><header><div class='rdp__DocPublicationName'>"
    "<span class='DocPublicationName'>Le Quai</span></div>"
    "<span class='DocHeader'>Politique, mardi 3 mai 2016 325 mots, p. 3</span>"
    "<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>Un quai"
    "</p></div><p class='sm-margin-bottomNews'>Ada Renn</p></header><section>"
    "<div class='docOcurrContainer'><p>Le quai est réparé.</p><p>Fin.</p></div>"
    "</section><div class='publiC-lblNodoc'>news·20160503·QU·00{n}</div></article>"
)


def old(count, section="Politique", date="mardi 3 mai 2016", author="Ada Renn<br>"):
    return "<p>".join(
        OLD.format(n=n, section=section, date=date, author=author + "<p></p>")
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("section", "date"),
    [
        ("Politique", "mardi 3 mai 2016"),
        ("Politics", "Tuesday, May 3, 2016"),
        ("Politik", "Dienstag, 3. Mai 2016"),
        ("Política", "martes 3 de mayo de 2016"),
    ],
)
def test_the_older_layout(tmp_path, section, date):
    content = page(old(2, section, date)).encode("iso-8859-1", "xmlcharrefreplace")
    articles = read(write(tmp_path, "a.html", content))
    row = articles.iloc[0]
    assert len(articles) == told(articles)["rows expected"] == 2
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    assert row["text"] == "Le quai est réparé.\n\nPersonne n'applaudit."
    names = ["outlet", "issue", "section", "pages", "title", "subtitle", "author"]
    assert row[names].tolist() == [
        "Le Quai", "12", section, "p. 03", "Un quai réparé", "Ports", "Ada Renn",
    ]  # fmt: skip
    assert row["article_id"] == "news·20160503·QU·000"
    assert "after 2 articles" in notes(articles)["certificates left out"]


def test_a_first_sentence_is_no_author(tmp_path):
    articles = read(write(tmp_path, "a.html", page(old(1, author=""))))
    assert articles["author"].isna().all()
    assert articles["text"][0].startswith("Le quai est réparé.")


def test_the_newer_layout_and_its_cover(tmp_path):
    content = "<p>Sommaire</p><p>Nombre de documents : 3</p>" + "".join(
        NEW.format(n=n) for n in range(2)
    )
    path = write(tmp_path, "a.html", page(content))
    with pytest.warns(mk.MediakitWarning, match="rows lost: 1 .1 of 3 documents"):
        articles = mk.read_articles(path)
    row = articles.iloc[1]
    assert row["text"] == "Le quai est réparé.\n\nFin."
    assert row["published"] == pd.Timestamp("2016-05-03", tz="UTC")
    names = ["outlet", "title", "author", "section", "pages", "length", "article_id"]
    assert row[names].tolist() == [
        "Le Quai", "Un quai", "Ada Renn", "Politique", "p. 3", "325 mots",
        "news·20160503·QU·001",
    ]  # fmt: skip
    assert told(articles)["cover pages left out"] == 1


def test_a_page_without_articles_says_so(tmp_path):
    path = write(tmp_path, "a.html", page("<p>x</p>"))
    with pytest.raises(mk.MediakitError, match="no article of Europresse"):
        mk.read_articles(path, format="europresse")


def test_the_sample_reads_completely():
    articles = read(sample("europresse/europresse_test1.html"))
    assert len(articles) == told(articles)["rows expected"] == 3
    assert articles["title"].tolist() == [
        "A heading: some text", "Another heading with colored text inside", "Heading",
    ]  # fmt: skip
    assert articles["published"].dt.date.astype(str).tolist() == [
        "2013-10-05", "2012-10-03", "2012-10-04",
    ]  # fmt: skip
    assert articles["outlet"].tolist() == ["l'Humanité", "Mag", "Magazine 1"]
    assert articles["author"].fillna("").tolist() == [
        "",
        "Second Author",
        "Author Name",
    ]
    assert articles["text"][0].endswith("More text, a sentence.\n\nTest.")
