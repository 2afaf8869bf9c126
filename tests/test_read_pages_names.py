"""What a saved page does not say, the names of its file and folder may."""

import pytest
from load_helpers import read, told, write
from test_read_pages import linked, page

pytest.importorskip("trafilatura")

DAY = "2024-05-07"


def test_names_of_files_and_folders_say_what_a_page_does_not(tmp_path):
    stated = '<meta property="og:site_name" content="Ostrel Post">'
    write(tmp_path, "Herald/2024-05-06 dam.html", page())
    write(tmp_path, "Herald/dam.html", page(head=stated + linked(datePublished=DAY)))
    write(tmp_path, "2024-05-09 dam.html", page())
    articles = read(tmp_path).set_index("source_file")
    outlets = articles["outlet"].fillna("").to_dict()
    assert outlets == {
        "2024-05-09 dam.html": "",
        "Herald/2024-05-06 dam.html": "Herald",
        "Herald/dam.html": "Ostrel Post",
    }
    days = articles["published"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2024-05-09", "2024-05-06", DAY]
    account = told(read(tmp_path))
    assert account["dates from the names of files and folders"] == 2
    assert account["outlets from the names of files and folders"] == 1


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path):
    for files in ("Dam opens_files", "Dam opens-Dateien"):
        write(tmp_path, f"Post/{files}/frame.html", page(title="Buy ten ducks"))
    write(tmp_path, "Post/Dam opens.html", page())
    write(tmp_path, "Post/my_files/kept.html", page(title="Dam shuts at last"))
    articles = read(tmp_path)
    assert sorted(articles["title"]) == ["Dam opens at last", "Dam shuts at last"]
    assert told(articles)["files left out"] == 2


@pytest.mark.parametrize(
    ("folder", "outlet"),
    [("Ostrel Post", "Ostrel Post"), ("monday", "ostrelpost.example")],
)
def test_a_folder_names_the_outlet_better_than_its_own_domain(tmp_path, folder, outlet):
    link = '<link rel="canonical" href="https://www.ostrelpost.example/dam">'
    write(tmp_path, f"{folder}/dam.html", page(head=link))
    assert read(tmp_path)["outlet"].tolist() == [outlet]
