"""What `methods_text` says of the verbs that follow rates over time."""


def level(record) -> str:
    """Return the coverage of the intervals, as "95 %"."""
    return f"{100 * (1 - record['parameters'].get('alpha', 0.05)):g} %"


def change_points(table, record):
    """Tell how changes were found, and how their dates were bounded."""
    asked = record["parameters"]
    yield (
        f"Steps of the rate were looked for by {asked['freq']}, by binary segmentation "
        "(Scott and Knott 1974) on the deviance of a rate whose dispersion is estimated"
    )
    yield (
        "The p-value compares the largest gain over all dates with that of "
        f"{asked['repeats']:,} series whose blocks of periods were shuffled, seed "
        f"{asked['seed']}; a step is kept at p <= .05, and at most {asked['most']} are"
    )
    yield (
        f"The {level(record)} interval of a date holds all dates that fit nearly as "
        "well as the best one; q is over the series asked, with the false discovery "
        "rate held at 5 % after Benjamini and Hochberg 1995"
    )
    series = table.groupby(["item", "group"]).ngroups
    found = int(table["date"].notna().sum())
    yield f"Series asked: {series:,}; steps found: {found:,}"


def bursts(table, record):
    """Tell how bursts were found."""
    asked = record["parameters"]
    yield (
        f"Bursts were looked for by {asked['freq']}, with the automaton of Kleinberg "
        f"2002 of two states: the overall rate and {asked['scale']:g} times it, "
        f"entered at the price {asked['price']:g}, costs divided by the dispersion "
        "between neighbouring periods"
    )
    yield (
        f"The p-value compares a burst's weight with that of {asked['repeats']:,} "
        f"shuffled series, seed {asked['seed']}; it is not corrected for the number of "
        "series asked"
    )


def calendar_effects(table, record):
    """Tell how weekdays and volume were set apart."""
    yield (
        "Weekdays and the number of articles of a day were fitted by quasi-Poisson "
        "regression, every week with a level of its own"
    )
    yield (
        f"{level(record)} intervals and p leave out one week after the other (Bell and "
        "McCaffrey 2002); no p is corrected for the number of rows"
    )


def lead_lag(table, record):
    """Tell how series were freed of their own past before they were compared."""
    asked = record["parameters"]
    yield (
        f"Series by {asked['freq']} were freed of straight line and weekday, each "
        "whitened by an autoregression of its own (Haugh 1976), and correlated at "
        f"lags up to {asked['max_lag']}"
    )
    yield (
        f"Band and p come from {asked['repeats']:,} series with shuffled blocks, and "
        f"{level(record)} intervals from as many draws of blocks (Künsch 1989), seed "
        f"{asked['seed']}; p counts the largest correlation over all lags, and is not "
        "corrected for the number of items"
    )


def diverging(table, record):
    """Tell how two sides' slopes were compared."""
    asked = record["parameters"]
    yield (
        f"The sides' slopes by {asked['freq']} were compared as the interaction of "
        "side and time in a quasi-Poisson regression"
    )
    yield (
        f"{level(record)} intervals and p_cluster leave out one week after the other "
        "(Bell and McCaffrey 2002), for what moves both sides in one week; q_cluster "
        "holds the false discovery rate at 5 % after Benjamini and Hochberg 1995"
    )


TOLD = {
    "change_points": change_points,
    "bursts": bursts,
    "calendar_effects": calendar_effects,
    "lead_lag": lead_lag,
    "diverging": diverging,
}
