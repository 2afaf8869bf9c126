"""The literature that a methods paragraph cites, written out once."""

REFERENCES = {
    "Benjamini and Hochberg 1995": "Benjamini, Y. and Hochberg, Y. (1995). Controlling "
    "the false discovery rate: a practical and powerful approach to multiple testing. "
    "Journal of the Royal Statistical Society B 57(1): 289-300.",
    "Bouma 2009": "Bouma, G. (2009). Normalized (pointwise) mutual information in "
    "collocation extraction. Proceedings of GSCL: 31-40.",
    "Dunning 1993": "Dunning, T. (1993). Accurate methods for the statistics of "
    "surprise and coincidence. Computational Linguistics 19(1): 61-74.",
    "Efron and Stein 1981": "Efron, B. and Stein, C. (1981). The jackknife estimate of "
    "variance. The Annals of Statistics 9(3): 586-596.",
    "Mantel and Haenszel 1959": "Mantel, N. and Haenszel, W. (1959). Statistical "
    "aspects of the analysis of data from retrospective studies of disease. Journal of "
    "the National Cancer Institute 22(4): 719-748.",
    "Newcombe 1998": "Newcombe, R. G. (1998). Interval estimation for the difference "
    "between independent proportions: comparison of eleven methods. Statistics in "
    "Medicine 17(8): 873-890.",
    "Phipson and Smyth 2010": "Phipson, B. and Smyth, G. K. (2010). Permutation "
    "p-values should never be zero. Statistical Applications in Genetics and Molecular "
    "Biology 9(1), article 39.",
    "Rao and Scott 1992": "Rao, J. N. K. and Scott, A. J. (1992). A simple method for "
    "the analysis of clustered binary data. Biometrics 48(2): 577-585.",
    "Simonsohn et al. 2020": "Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). "
    "Specification curve analysis. Nature Human Behaviour 4(11): 1208-1214.",
    "Steegen et al. 2016": "Steegen, S., Tuerlinckx, F., Gelman, A. and Vanpaemel, W. "
    "(2016). Increasing transparency through a multiverse analysis. Perspectives on "
    "Psychological Science 11(5): 702-712.",
    "Wilson 1927": "Wilson, E. B. (1927). Probable inference, the law of succession, "
    "and statistical inference. Journal of the American Statistical Association "
    "22(158): 209-212.",
}


def cited(text: str) -> list[str]:
    """Return the references that a text names, by author.

    Examples
    --------
    >>> [one[:12] for one in cited("Intervals after Wilson 1927.")]
    ['Wilson, E. B']
    """
    return [full for short, full in REFERENCES.items() if short in text]
