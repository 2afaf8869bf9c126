"""What `methods_text` says of how a measure came about, where that needs a source."""

from collections.abc import Iterator


def topics(source):
    """Tell how topics were learnt."""
    method = {
        "nmf": "non-negative factorisation on the Kullback-Leibler divergence (Lee and "
        "Seung 1999)",
        "lda": "latent Dirichlet allocation",
    }[source["method"]]
    yield (
        f"{source['k']} topics were learnt by {method} from {source['learnt_from']:,} "
        f"articles and {source['words']:,} words, seed {source['seed']}; of "
        f"{source['runs']} runs from other beginnings the one most like the others is "
        "used"
    )


def coverage(source):
    """Tell what the events are that outlets cover or not."""
    others = source["others"]
    whose = {
        "of the corpus": "those that at least one outlet of the corpus has, so that "
        "shares covered are upper bounds",
        "given": "given from outside",
    }[source["population"]]
    yield (
        f"{source['what'].capitalize()} in the sense of D'Alessio and Allen 2000, over "
        f"{source['events']:,} events, {whose}"
    )
    if source["what"] == "silence":
        yield (
            f"Silence is an event that {others:,} or more other outlets cover and this "
            "one does not"
        )
    lost = source["articles_without_event"]
    yield f"{lost:,} articles have no event" if lost else ""


def axis(source):
    """Tell how words got a place between two poles."""
    poles = "; ".join(
        f"{name} ({', '.join(words)})" for name, words in source["poles"].items()
    )
    yield (
        f"Words were placed between the poles {poles} by their neighbours in "
        f"{source['learnt_from']:,} articles (window of {source['window']} words, "
        f"{source['dimensions']} dimensions; Levy et al. 2015), and articles score the "
        "mean of their words, as in FrameAxis (Kwak et al. 2021)"
    )


def collocates(source):
    """Tell what counts as near."""
    left, right = source["window"]
    yield (
        f"Near means at most {left} words before and {right} after, inside one "
        f"{source['bounds'] or 'text'}"
    )


def naming(source):
    """Tell what a share of a label is a share of."""
    yield (
        f"A label's share is its uses over those of all labels of one concept in the "
        f"list “{source['dictionary']}”"
    )


def dictionary(source):
    """Tell which list was counted."""
    yield (
        f"Categories are those of the list “{source['dictionary']}” "
        f"({source['entries']:,} entries, SHA-256 {source['dictionary_sha256'][:12]}), "
        f"counted by {source['unit']}"
    )


TONE = {
    "vader": "VADER (Hutto and Gilbert 2014)",
    "textblob": "TextBlob, whose lexicon is that of De Smedt and Daelemans 2012",
}


def tone(source):
    """Tell which instruments scored tone."""
    methods = source.get("methods") or [source["method"]]
    said = [_instrument(method) for method in methods]
    yield f"Tone is scored by {'; '.join(said)}"
    yield "A score is of the words in the instrument's list, whoever says them"


def toward(source):
    """Tell how tone toward somebody was scored."""
    yield (
        "Tone toward those named is scored by rules: a verb by who does it and whom it "
        "is done to, other words by their distance from the name (lists of mediakit, "
        f"SHA-256 {source['lists_sha256'][:12]}, and VADER, Hutto and Gilbert 2014)"
    )


def labels(source):
    """Tell who labelled the sentences."""
    yield f"Sentences were labelled by a model of the user's own: {source['model']}"


def _instrument(method: str) -> str:
    known = TONE.get(method.removesuffix("_corrected"), method)
    return f"{known}, corrected" if method.endswith("_corrected") else known


def by_rules(source):
    """Tell that the texts were read by rules."""
    what = {
        "count_voices": "Quotations and their speakers",
        "count_agency": "Mentions of harm, who did it and to whom",
    }[source["made_by"]]
    own = source.get("own_lists")
    lists = f"; own lists: {', '.join(own)}" if own else ""
    yield f"{what} were found by rules and lists of words, not by people{lists}"


TOLD = {
    "score_topics": topics,
    "count_coverage": coverage,
    "score_axis": axis,
    "count_collocates": collocates,
    "count_naming": naming,
    "count_dictionary": dictionary,
    "count_voices": by_rules,
    "count_agency": by_rules,
    "score_sentiment": tone,
    "score_tones": tone,
    "score_toward": toward,
    "score_labels": labels,
}


def of_measure(source: dict) -> Iterator[str]:
    """Yield sentences on how a measure was made, from its provenance."""
    tell = TOLD.get(source.get("made_by"))
    if tell is not None:
        yield from tell(source)


def events(record: dict) -> Iterator[str]:
    """Yield sentences on how `label_events` put articles together."""
    asked = record["parameters"]
    found = "found from the articles" if record["calibrated"] else "set by hand"
    yield (
        f"{record['articles']:,} articles were put into {record['events']:,} events, "
        f"{record['events of several articles']:,} of them of several articles"
    )
    yield (
        "Likeness is the cosine of weighted words of title and first "
        f"{asked['lead_words']} words within {asked['days']:g} days; groups are by "
        "average likeness (Sokal and Michener 1958) of at least "
        f"{record['threshold']:.2g}, a threshold {found}"
    )
