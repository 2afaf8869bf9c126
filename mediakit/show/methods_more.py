"""What `methods_text` says of key words, power, parts, spread, and checks by hand."""

CLASSICAL = {
    "g2_two_term": "log-likelihood of Rayson and Garside 2000 and of Dunning 1993",
    "percent_diff": "%DIFF of Gabrielatos and Marchi 2012",
    "difference_coefficient": "difference coefficient of Hofland and Johansson 1982",
    "simple_maths": "simple maths of Kilgarriff 2009 with k = {k:g}",
    "bic": "BIC after Wilson 2013",
    "log_ratio_hardie": "log ratio of Hardie 2014",
    "lrc": "conservative log ratio of Evert 2022",
    "z_fightin_words": "weighted log-odds of Monroe et al. 2008 with an informative "
    "prior of {alpha0} words",
    "z_fightin_words_flat": "the same with a flat prior of {alpha0_flat}",
    "g2_text_dispersion": "text-dispersion keyness of Egbert and Biber 2019",
}


def classical(table, record):
    """Tell which classical measures stand in a table of `keyness`."""
    tuned = {name: _amounts(record.get(name)) for name in ("alpha0", "alpha0_flat")}
    named = [
        said.format(k=record.get("k", float("nan")), **tuned)
        for column, said in CLASSICAL.items()
        if column in table
    ]
    if named:
        yield f"Given beside: {'; '.join(named)}"
    yield (
        "Measures of counts take single words for independent, which words of one "
        "article are not, and are given for comparison only"
    )


def _amounts(by_denominator) -> str:
    return ", ".join(f"{amount:g}" for amount in (by_denominator or {}).values())


def power(table, record):
    """Tell which difference was asked for."""
    asked = record["parameters"]
    yield (
        f"For each item the smallest difference was computed that `compare` of "
        f"{asked['a']} with {asked['b']} finds at p < {asked.get('alpha', 0.05):g} in "
        f"{asked['chance']:.0%} of such corpora, one {asked['cluster']} being one unit "
        "of evidence, with the total and the dispersion as they are; and the same for "
        f"all {record['family']:,} items at once (.05 / {max(record['family'], 1):,})"
    )
    yield "What was found in the comparison itself does not enter"


def decompose(table, record):
    """Tell how a difference was taken apart."""
    asked = record["parameters"]
    yield (
        f"The difference was taken apart within {asked['within']} after Kitagawa 1955: "
        "what goes with the shares of the strata, what lies inside them, and as a "
        "third part the strata that only one side has"
    )
    yield (
        f"{100 * (1 - asked.get('alpha', 0.05)):g} % intervals are by the jackknife "
        f"(Efron and Stein 1981) over {asked['cluster']}, on both sides jointly; they "
        "hold for the strata as given"
    )


def dispersion(table, record):
    """Tell which measures of spread stand in the table."""
    by = record["parameters"].get("by")
    parts = f"values of {by}" if by else f"single {record['evidence']}s"
    yield (
        f"Spread over {parts} is described by D (Juilland and Chang-Rodríguez 1964), "
        "D2 (Carroll 1970), S (Rosengren 1971), DP (Gries 2008) and its normed form "
        "(Lijffijt and Gries 2012), the Kullback-Leibler divergence in bits, and the "
        "average reduced frequency (Savický and Hlaváčová 2002)"
    )
    yield "None of them is a test, and all move with frequency"


def agreement(table, record):
    """Tell how coders' agreement was measured."""
    asked = record["parameters"]
    yield (
        "Agreement of coders is Krippendorff's alpha (Krippendorff 2011) for "
        f"{asked['level']} codes, beside the share of pairs that agree and the share "
        "of the commonest code"
    )
    yield (
        f"95 % intervals draw each {asked['cluster']} anew {asked['repeats']:,} times, "
        f"seed {asked['seed']}; Hayes and Krippendorff 2007 draw pairs of codes and "
        "get narrower ones"
    )
    for row in table.itertuples():
        yield (
            f"“{row.question}”: {row.units:,} units read by {row.coders:,} coders, "
            f"alpha {row.alpha:.2f} ({row.low:.2f} to {row.high:.2f})"
        )


def validate(table, record):
    """Tell what the measure was held against."""
    asked = record["parameters"]
    yield (
        "The measure was held against codes given by people: precision, recall, F1, "
        "alpha (Krippendorff 2011) and for numbers the area under the curve (Hanley "
        "and McNeil 1982), beside those of always giving the commonest code"
    )
    yield (
        f"95 % intervals draw each {asked['cluster']} anew {asked['repeats']:,} times, "
        f"seed {asked['seed']}"
    )


def explain(table, record):
    """Tell what makes up the rates."""
    top = record["parameters"].get("top")
    shown = f", of which the commonest {top:,} a group are shown" if top else ""
    yield f"Each category's uses are taken apart into its entries{shown}"


TOLD = {
    "power": power,
    "decompose": decompose,
    "dispersion": dispersion,
    "agreement": agreement,
    "validate": validate,
    "explain": explain,
}
