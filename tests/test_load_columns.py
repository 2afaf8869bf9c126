"""Their headings and ours: what the user says, what is guessed, what is told."""

import pandas as pd
import pytest
from load_helpers import read, write

import mediakit as mk
from mediakit.load.columns import HEADINGS, plain
from mediakit.schema import ARTICLES


def note_of(articles, ours):
    return mk.account(articles).set_index("what").loc[f"column {ours}", "note"]


@pytest.mark.parametrize(
    ("headings", "taken"),
    [
        ("Headline,Body,Pub_Date,Publisher", "title,text,published,outlet"),
        ("Überschrift,Volltext,Datum,Zeitung", "title,text,published,outlet"),
        ("Titre,Contenu,Date de publication,Journal", "title,text,published,outlet"),
        ("Titular,Cuerpo,Fecha,Fuente", "title,text,published,outlet"),
        ("title,story,publish-date,media_name", "title,text,published,outlet"),
        ("link,byline,lang,rubric", "url,author,language,section"),
    ],
)
def test_usual_headings_of_four_languages_are_guessed(headings, taken):
    cells = pd.DataFrame([["a", "b", "2024-05-01", "d"]], columns=headings.split(","))
    if "title" not in taken:
        cells["headline"] = "x"
    with pytest.warns(mk.MediakitWarning, match="Columns taken by their names"):
        articles = mk.read_articles(cells)
    for theirs, ours in zip(headings.split(","), taken.split(","), strict=True):
        assert articles.loc[0, ours] is not None
        assert note_of(articles, ours).startswith(f"from {theirs!r}")


def test_our_own_names_are_no_guess_and_no_warning():
    articles = mk.read_articles(pd.DataFrame({"Title": ["a"], "TEXT": ["b"]}))
    assert articles.loc[0, ["title", "text"]].tolist() == ["a", "b"]
    assert note_of(articles, "text") == "from 'TEXT'"


def test_the_better_heading_wins_and_the_other_is_named():
    table = pd.DataFrame({"headline": ["a"], "title": ["b"], "date": ["1 May 2024"]})
    articles = read(table)
    assert articles.loc[0, ["title", "headline"]].tolist() == ["b", "a"]
    assert note_of(articles, "title") == "from 'title', ['headline'] would also fit"


def test_a_mapping_outweighs_every_guess():
    table = pd.DataFrame({"title": ["a"], "Lead": ["b"], "text": ["c"]})
    columns = {"Lead": "text", "title": None}
    articles = mk.read_articles(table, columns=columns)
    assert articles.loc[0, "text"] == "b"
    assert articles["title"].isna().all()
    assert articles.loc[0, ["title (theirs)", "text (theirs)"]].tolist() == ["a", "c"]
    assert note_of(articles, "text") == "from 'Lead', as `columns` says"


def test_a_list_names_the_columns_of_a_file_without_headings(tmp_path):
    path = write(tmp_path, "a.csv", "1 May 2024,Dam opens,7\n2 May 2024,Dam shuts,8\n")
    articles = mk.read_articles(path, columns=["published", "title", None])
    assert articles["title"].tolist() == ["Dam opens", "Dam shuts"]
    assert articles["column_3"].tolist() == [7, 8]


def test_positions_name_some_columns_of_a_file_without_headings(tmp_path):
    path = write(tmp_path, "a.csv", "7,Dam opens,x\n")
    articles = mk.read_articles(path, columns={1: "title"})
    assert articles["title"].tolist() == ["Dam opens"]
    assert articles[["column_1", "column_3"]].values.tolist() == [[7, "x"]]


def test_positions_and_lists_serve_a_table_with_numbered_columns():
    table = pd.DataFrame([["Dam opens", "Flows."]])
    for columns in (["title", "text"], {0: "title", 1: "text"}):
        articles = mk.read_articles(table, columns=columns)
        assert articles.loc[0, ["title", "text"]].tolist() == ["Dam opens", "Flows."]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"Headlin": "title"}, r"names \['Headlin'\], but .* has the columns \['Head'"),
        ({"Head": "titel"}, r"maps to \['titel'\], which are not among"),
        ({"title": "Head"}, "the wrong way round"),
        ({"Head": "title", "Body": "title"}, r"several columns to \['title'\]"),
        (["title", "text", None], "names 3 columns, but a.csv has 2"),
        ({5: "title"}, "names position 5, but a.csv has 2 columns"),
        ("title", "must be a mapping .* got 'title'"),
    ],
)
def test_what_cannot_be_mapped_is_said_with_what_there_is(tmp_path, columns, message):
    path = write(tmp_path, "a.csv", "Head,Body\na,b\n")
    with pytest.raises(mk.MediakitError, match=message):
        mk.read_articles(path, columns=columns)


def test_a_file_without_titles_and_texts_shows_its_columns_and_the_call(tmp_path):
    path = write(tmp_path, "a.csv", "Lead,Rest\na,b\n")
    message = r"a.csv has no column known .*\['Lead', 'Rest'\].*columns={'Headline': 't"
    with pytest.raises(mk.MediakitError, match=message):
        mk.read_articles(path)


def test_a_column_of_long_texts_is_named_where_no_heading_is_known(tmp_path):
    path = write(tmp_path, "a.csv", f"Nr;Blatt;Txt\n1;A;{'war and peace ' * 20}\n")
    message = r"'Txt' looks like the text.*columns={'Txt': 'text'}.*--column 'Txt=text'"
    with pytest.raises(mk.MediakitError, match=message):
        mk.read_articles(path)


def test_rows_that_have_it_under_another_name_are_counted(tmp_path):
    lines = ['{"title": "a", "text": "b"}', '{"headline": "c", "body": "d"}',
             '{"title": "e", "headline": "f", "body": "g"}']  # fmt: skip
    path = write(tmp_path, "a.jsonl", "\n".join(lines))
    message = (
        r"rows without title that .* 1 \('headline'; fill 'title'.*"
        r"rows without text that .* 2 \('body'; fill 'text' from it with pandas"
    )
    with pytest.warns(mk.MediakitWarning, match=message):
        assert len(mk.read_articles(path)) == 3


def test_the_kind_of_article_and_languages_in_words_as_proquest_has_them():
    table = pd.DataFrame({
        "Title": ["a", "b"], "ArticleType": ["Newspapers"] * 2,
        "documentType": ["News", "Editorial"], "language": ["English", "Français"],
    })  # fmt: skip
    articles = read(table)
    assert articles["genre"].tolist() == ["News", "Editorial"]
    assert articles["language"].tolist() == ["en", "fr"]
    assert articles["ArticleType"].tolist() == ["Newspapers"] * 2


def test_numbers_as_excel_writes_them_are_told(tmp_path):
    lines = "title;published;Reichweite;Rang\na;43526;1.234,5;1\nb;43527;-7;2\n"
    with pytest.warns(mk.MediakitWarning, match="'43527'; if Excel shows dates there"):
        articles = mk.read_articles(write(tmp_path, "a.csv", lines))
    assert articles["published"].isna().all()
    assert articles["Reichweite"].tolist() == ["1.234,5", "-7"]
    told = mk.account(articles).set_index("what")["note"]
    commas = told["columns of numbers with commas, kept as text"]
    assert commas == "'Reichweite', as '1.234,5'"


def test_a_column_of_dates_under_a_strange_name_is_pointed_at():
    table = pd.DataFrame(
        {"title": ["a", "b"], "day_seen": ["1 May 2024", "2 May 2024"]}
    )
    with pytest.warns(
        mk.MediakitWarning, match="say columns={'day_seen': 'published'}"
    ):
        mk.read_articles(table)


def test_each_heading_stands_for_one_column_only_and_is_plain():
    headings = [name for names in HEADINGS.values() for name in names]
    assert len(headings) == len(set(headings))
    assert all(plain(name) == name for name in headings)
    assert set(HEADINGS) == set(ARTICLES)


def test_a_named_index_is_kept_as_a_column():
    table = pd.DataFrame({"title": ["a"], "id": [5]}, index=pd.Index([7], name="id"))
    articles = read(table)
    assert articles["article_id"].tolist() == ["7"]
    assert articles["id (2)"].tolist() == [5]
    unnamed = mk.read_articles(pd.DataFrame({"title": ["a", "b"]}, index=[9, 4]))
    assert list(unnamed.index) == [0, 1]


def test_columns_of_one_name_are_all_kept():
    table = pd.DataFrame([["a", 1, 2, 3]], columns=["title", 0, 0, "title"])
    articles = mk.read_articles(table)
    own = [name for name in articles if name not in ARTICLES]
    assert articles[own].to_dict("list") == {"0": [1], "0 (2)": [2], "title (2)": [3]}


def test_options_that_make_no_sense_are_refused(tmp_path):
    table = pd.DataFrame({"title": ["a"]})
    with pytest.raises(mk.MediakitError, match="leave them out for a table"):
        mk.read_articles(table, format="csv")
    path = write(tmp_path, "a.csv", "title\na\n")
    with pytest.raises(mk.MediakitError, match="`format` must be one of .*'excel'"):
        mk.read_articles(path, format="doc")
    with pytest.raises(
        mk.MediakitError, match="must be a name such as 'cp1252', got 5"
    ):
        mk.read_articles(path, encoding=5)
    with pytest.raises(mk.MediakitError, match="path or a pandas DataFrame, got int"):
        mk.read_articles(5)
    with pytest.raises(mk.MediakitError, match=r"no file .*b.csv'; beside it.*'a.csv'"):
        mk.read_articles(tmp_path / "b.csv")
    with pytest.raises(mk.MediakitError, match="is an address.*save the file"):
        mk.read_articles("https://example.org/a.csv")
