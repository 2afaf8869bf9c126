"""What `methods_text` says of each verb: interval, test and correction."""

from mediakit.show import methods_more, methods_time
from mediakit.show.words import plural

OF_RATE = {
    "count": "Intervals of rates: score intervals with the dispersion of {units}, as "
    "Rao and Scott 1992 correct for clumping",
    "share": "Intervals of shares: Wilson 1927 on the effective number of uses",
    "mean": "Intervals of means: jackknife over {units} (Efron and Stein 1981)",
}
OF_DIFFERENCE = {
    "count": "Differences are given as log2 of the ratio of rates, with the interval "
    "of all ratios that a score test with the pooled dispersion of {units} and its "
    "skewness does not reject",
    "share": "Differences are given in points, with the interval of Newcombe 1998 on "
    "effective numbers (Rao and Scott 1992); the test is a score test with the pooled "
    "dispersion of {units}",
    "mean": "Differences of means have intervals and a t test by the jackknife over "
    "{units} (Efron and Stein 1981); where the sides are unequal, the tail that skewed "
    "scores lengthen is taken as that much longer",
}

DRAWN = {
    "permutation": "The p-value is by permutation of labels, 999 times, seed {seed}, "
    "as (1 + as strong) / (1 + permutations) (Phipson and Smyth 2010); p_max is that "
    "of the strongest of all items and holds the chance of any false find",
    "bootstrap": "The p-value is by bootstrap over {units}, 999 draws, seed {seed}, "
    "read off a BCa interval (Efron 1987); p_lijffijt is that of Lijffijt et al. 2016",
}
CORRECTIONS = {
    "bh": "Benjamini and Hochberg 1995",
    "by": "Benjamini and Yekutieli 2001, whatever the items' tests have to do with one "
    "another",
}


def _correction(record) -> str:
    return CORRECTIONS[record.get("adjusted", "bh")]


def _units(record) -> str:
    return plural(record["evidence"])


def _level(record) -> str:
    return f"{100 * (1 - record['parameters'].get('alpha', 0.05)):g} %"


def _summarise(table, record):
    yield OF_RATE[record["kind"]].format(units=_units(record))
    yield f"All intervals are {_level(record)} intervals, each for itself"
    cluster = record["parameters"].get("cluster")
    if cluster:
        yield f"The {_units(record)} of one {cluster} were merged before"


def _trend(table, record):
    parameters = record["parameters"]
    yield f"Rates were computed by {parameters.get('freq')}"
    yield from _summarise(table, record)
    partial = int(table["partial"].sum())
    yield f"{partial:,} points lie in periods that the articles cover in part"


def _compare(table, record):
    parameters, units = record["parameters"], _units(record)
    yield OF_DIFFERENCE[record["kind"]].format(units=units)
    yield f"All intervals are {_level(record)} intervals, each for itself"
    test, seed = parameters.get("test", "score"), parameters.get("seed")
    if test in DRAWN:
        yield DRAWN[test].format(units=units, seed=seed)
    yield (
        f"{record['family']:,} items in at least ten {units} were tested together; q "
        f"is p with the false discovery rate held at 5 % after {_correction(record)}"
    )
    cluster = parameters.get("cluster")
    if cluster and cluster != "article":
        yield (
            f"A second p takes whole groups by {cluster} for the units, which allows "
            f"for {units} that belong together"
        )
    if parameters.get("within"):
        yield (
            f"Only {units} with the same {parameters['within']} are compared, and "
            "their ratios are pooled after Mantel and Haenszel 1959"
        )
    yield (
        "The column `bound` is the limit nearest no difference at the level .05 / "
        f"{max(record['family'], 1):,} and holds for all items at once"
    )


def _keyness(table, record):
    yield from _compare(table, record)
    yield from methods_more.classical(table, record)


def _placebo(table, record):
    parameters = record["parameters"]
    yield (
        f"{', '.join(parameters['groups'])}: split at random by {parameters['split']}, "
        f"{parameters['repeats']:,} times, a share of {parameters['share']:g} on one "
        f"side, seed {parameters['seed']}; whatever is found there is false"
    )
    yield (
        "Found is what has q below .05 by score test and false discovery rate "
        "(Benjamini and Hochberg 1995)"
    )
    if table["found_g2"].notna().any():
        yield "The same was done by log-likelihood (Dunning 1993)"


def _associate(table, record):
    yield (
        "Association is judged by the ratio of the rate of an item near the node to "
        f"that elsewhere, with {_level(record)} intervals over {_units(record)}; "
        "normalised mutual information after Bouma 2009, log-likelihood after Dunning "
        "1993"
    )
    yield (
        f"{record['family']:,} items were tested together; q holds the false discovery "
        "rate at 5 % after Benjamini and Hochberg 1995"
    )
    cluster = record["parameters"].get("cluster")
    if cluster:
        yield f"The columns that end in _cluster merge {_units(record)} by {cluster}"


def _second_look(table, record):
    yield from _compare(table.head(0), record)
    yield (
        f"The finding “{record['item']}” was then put to {len(table) - 1} further "
        "questions, fixed beforehand"
    )
    yield record["rule"]
    for verdict in ("held", "did not hold", "could not be asked"):
        asked = table.loc[table["verdict"] == verdict, "question"]
        if len(asked):
            yield f"{verdict}: {'; '.join(asked)}"
    yield f"Random splits and halves have the seed {record['parameters']['seed']}"


def _multiverse(table, record):
    yield from _compare(table.head(0), record)
    yield (
        f"“{record['item']}” was compared by {len(table):,} combinations of choices "
        "(Steegen et al. 2016; Simonsohn et al. 2020), all of which are reported"
    )
    yield record["rule"]
    counts = record["verdicts"]
    yield "; ".join(f"{number:,} {verdict}" for verdict, number in counts.items())
    yield (
        "The p-value of a permutation is (1 + as strong) / (1 + permutations) after "
        f"Phipson and Smyth 2010, seed {record['parameters']['seed']}"
    )


TOLD_BY_VERB = {
    "summarise": _summarise,
    "trend": _trend,
    "compare": _compare,
    "keyness": _keyness,
    "placebo": _placebo,
    "associate": _associate,
    "second_look": _second_look,
    "multiverse": _multiverse,
    **methods_time.TOLD,
    **methods_more.TOLD,
}
