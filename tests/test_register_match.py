"""A name matches as a whole and a domain in whole labels."""

import string
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from register_helpers import label

from mediakit.load.register import LABELS, load_outlets
from mediakit.load.register_match import (
    domain_index,
    fold_name,
    match_addresses,
    registrable,
)

REGISTER = load_outlets()
DOMAINS = domain_index(REGISTER)


def outlet_of(url):
    row = match_addresses(pd.Series([url], dtype="str"), DOMAINS)[0]
    return None if row < 0 else REGISTER["outlet_id"].iloc[row]


NAMES = [
    ("Xinhua", "xinhua", "name", "as listed"),
    ("CGTN", "cgtn", "name", "as listed"),
    ("Global Times", "global-times", "name", "as listed"),
    ("China Daily", "china-daily", "name", "as listed"),
    ("BBC", "bbc", "name", "as listed"),
    ("New York Times", "nyt", "name", "without The"),
    ("The New York Times", "nyt", "name", "with The"),
    ("New York Times, The", "nyt", "name", "The of a library catalogue"),
    ("NYT", "nyt", "alias", "abbreviation"),
    ("KCNA", "kcna", "name", "as listed"),
    ("TASS", "tass", "name", "as listed"),
    ("itar-tass", "tass", "alias", "case"),
    ("  THE   GUARDIAN ", "guardian", "name", "spaces and case"),
    ("agencia brasil", "agencia-brasil", "name", "without accents"),
    ("RTE", "rte", "name", "without accents"),
    ("Al-Jazeera", "al-jazeera", "name", "hyphen"),
    ("People’s Daily", "peoples-daily", "name", "curly apostrophe"),
    ("globaltimes", "global-times", "name", "spaces lost, as in file names"),
    ("RFE/RL", "rfe-rl", "alias", "slash"),
    ("新华社", "xinhua", "alias", "local name"),
    ("الجزيرة", "al-jazeera", "alias", "local name"),
    ("Xinhua General News Service", "xinhua", "alias", "Nexis"),
    ("Agence France Presse -- English", "afp", "alias", "Nexis"),
    ("The Straits Times (Singapore)", "straits-times", "alias", "Nexis"),
    ("Sputnik News Service", "sputnik", "alias", "Factiva"),
    ("New York Times; New York, N.Y.", "nyt", "alias", "ProQuest"),
    ("Le Monde (site web)", "le-monde", "alias", "Europresse"),
    ("BBC Monitoring Asia Pacific", "bbc-monitoring", "alias", "not the BBC"),
    ("Guardian.com", "guardian", "alias", "Nexis"),
    ("MAIL ON SUNDAY (London)", "mail-on-sunday", "alias", "Nexis"),
    ("DAILY MAIL (London)", "daily-mail", "alias", "Nexis"),
    ("The Times (London)", "times-london", "alias", "Nexis"),
    ("The Sun (England)", "sun-uk", "alias", "Nexis"),
    ("China Daily (English)", "china-daily", "alias", "with its language"),
    ("Interfax news agency", "interfax", "alias", "BBC Monitoring"),
    ("Channel One TV", "channel-one-russia", "alias", "BBC Monitoring"),
    ("l'Humanité", "humanite", "name", "Europresse"),
    ("www.rt.com", "rt", "url", "an outlet that is a domain"),
    ("xinhuanet", "xinhua", "alias", "name of the site"),
]


@pytest.mark.parametrize(("name", "outlet", "how", "reason"), NAMES)
def test_names_that_match(name, outlet, how, reason):
    labelled, told = label([name])
    assert labelled.loc[0, ["outlet_id", "matched_by"]].tolist() == [outlet, how]
    assert told == []


STRANGERS = [
    ("ABC", "three broadcasters have the name"),
    ("CNA", "Taiwan and Singapore"),
    ("The Herald", "Harare, Glasgow, Melbourne"),
    ("The National", "Abu Dhabi, Glasgow"),
    ("BBC Good Food", "a part of a name is not a name"),
    ("The New York Times Magazine Quiz", "a part of a name is not a name"),
    ("The", "nothing but The"),
    ("", "empty"),
    ("!!!", "nothing but punctuation"),
    ("sciencealert.com", "ends like rt.com"),
]


@pytest.mark.parametrize(("name", "reason"), STRANGERS)
def test_names_that_do_not_match(name, reason):
    labelled, told = label([name])
    assert labelled[[*LABELS.values(), "matched_by"]].isna().all(axis=None)
    assert len(told) == 1


@given(name=st.text(max_size=30))
def test_folding_twice_is_folding_once(name):
    folded = fold_name(name)
    assert fold_name(folded) == folded
    assert not set(folded) & set(string.whitespace + string.punctuation)


@given(words=st.lists(st.sampled_from(["Al", "Ahram", "TIMES", "été"]), min_size=1))
def test_folding_ignores_case_spaces_and_the(words):
    name = " ".join(words)
    assert fold_name(f"  the {name.upper()}") == fold_name(name.replace(" ", "-"))


URLS = [
    ("https://www.rt.com/news/1-title/", "rt", "www"),
    ("http://RT.com", "rt", "case, no path"),
    ("//rt.com:443/x", "rt", "no scheme, a port"),
    ("rt.com/x", "rt", "bare"),
    ("https://francais.rt.com/a?b=c#d", "rt", "a part of the site"),
    ("https://swentr.site/news", "rt", "mirror"),
    ("https://rt.com./x", "rt", "root dot"),
    ("https://sciencealert.com/rt.com", None, "ends like rt.com"),
    ("https://report.com/", None, "ends like rt.com"),
    ("https://rt.com.evil.example/", None, "starts like rt.com"),
    ("https://rt.com@evil.example/", None, "a user name, not a host"),
    ("https://evil.example/?u=https://rt.com/", None, "in the query"),
    ("https://example.org/rt.com/x", None, "in the path"),
    ("mailto:desk@rt.com", None, "no page"),
    ("ftp://rt.com/x", None, "no page"),
    ("https://m.bbc.co.uk/news/1", "bbc", "mobile"),
    ("https://www.bbc.com/news", "bbc", "the other domain"),
    ("https://www.bbc.com/persian/world-1", "bbc-persian", "path"),
    ("https://www.bbc.com/persian", "bbc-persian", "path without slash"),
    ("https://www.bbc.com/persian?x=1", "bbc-persian", "path before a query"),
    ("https://www.bbc.com/persiana", "bbc", "half a segment"),
    ("https://www.bbc.com/news/persian", "bbc", "not at the start"),
    ("https://monitoring.bbc.co.uk/x", "bbc-monitoring", "its own host"),
    ("https://english.ahram.org.eg/News/1", "al-ahram", "suffix of two labels"),
    ("https://agenciabrasil.ebc.com.br/x", "agencia-brasil", "host below the domain"),
    ("https://tvbrasil.ebc.com.br/x", None, "sister host"),
    ("https://prasarbharati.gov.in/doordarshan/x", "doordarshan", "path only"),
    ("https://prasarbharati.gov.in/about", None, "path only"),
    ("https://www3.nhk.or.jp/nhkworld/en/", "nhk", "www3"),
    ("https://www.abc.net.au/news/1", "abc-australia", "decides what ABC does not"),
    ("https://abcnews.go.com/", None, "another ABC"),
    ("http://www.kcna.co.jp/item/1997/01.htm#1", "kcna", "older site"),
    ("https://co.uk/", None, "a public suffix"),
    ("https://[::1]/x", None, "an address of numbers"),
    ("not a url", None, "text"),
    ("", None, "empty"),
]


@pytest.mark.parametrize(("url", "outlet", "reason"), URLS)
def test_addresses(url, outlet, reason):
    assert outlet_of(url) == outlet


LISTED = st.sampled_from(sorted(DOMAINS))
LABEL = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)


HOST = st.lists(LABEL, max_size=3)
PATHS = ["", "/", "/persian", "/persian/x", "/persiana", "/doordarshan", "/x/persian"]


def naive(url):
    """Try every listed domain and path; the longest domain, then path, wins."""
    parts = urlsplit(url)
    found = [
        (len(domain), len(prefix), row)
        for domain, options in DOMAINS.items()
        for prefix, row in options
        if f".{parts.netloc}".endswith(f".{domain}")
        if not prefix or f"{parts.path}/".startswith(f"{prefix}/")
    ]
    return REGISTER["outlet_id"].iloc[max(found)[2]] if found else None


@given(before=HOST, domain=LISTED, path=st.sampled_from(PATHS))
def test_addresses_match_as_a_naive_search_says(before, domain, path):
    url = f"https://{'.'.join([*before, domain])}{path}"
    assert outlet_of(url) == naive(url)


@given(domain=LISTED, before=LABEL, path=LABEL)
def test_letters_before_a_domain_make_another_domain(domain, before, path):
    assume(before + domain not in DOMAINS and domain.partition(".")[2] not in DOMAINS)
    assert outlet_of(f"https://{before}{domain}/{path}") is None


@given(domain=LISTED, after=st.sampled_from(["x", "-a", ".evil.example", ".zz", "0"]))
def test_letters_after_a_domain_make_another_domain(domain, after):
    assert outlet_of(f"https://{domain}{after}/") is None


@given(segment=LABEL)
def test_a_path_matches_in_whole_segments(segment):
    assert outlet_of(f"https://bbc.com/persian{segment}/1") == "bbc"
    assert outlet_of(f"https://bbc.com/persian/{segment}") == "bbc-persian"


def test_a_column_of_addresses_matches_as_one_by_one():
    urls = pd.Series([url for url, *_ in URLS] * 2, dtype="str")
    rows = match_addresses(urls, DOMAINS)
    found = [None if row < 0 else REGISTER["outlet_id"].iloc[row] for row in rows]
    assert found == [outlet for _, outlet, _ in URLS] * 2


def test_the_suffix_list_is_the_bundled_one():
    assert registrable("news.bbc.co.uk") == "bbc.co.uk"
    assert registrable("spa.gov.sa") == "spa.gov.sa"
    assert registrable("gov.sa") is None
