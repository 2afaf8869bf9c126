"""The literature that a methods paragraph cites, written out once."""

REFERENCES = {
    "Bell and McCaffrey 2002": "Bell, R. M. and McCaffrey, D. F. (2002). Bias "
    "reduction in standard errors for linear regression with multi-stage samples. "
    "Survey Methodology 28(2): 169-181.",
    "Benjamini and Hochberg 1995": "Benjamini, Y. and Hochberg, Y. (1995). "
    "Controlling the false discovery rate: a practical and powerful approach to "
    "multiple testing. Journal of the Royal Statistical Society B 57(1): 289-300.",
    "Benjamini and Yekutieli 2001": "Benjamini, Y. and Yekutieli, D. (2001). The "
    "control of the false discovery rate in multiple testing under dependency. The "
    "Annals of Statistics 29(4): 1165-1188.",
    "Bouma 2009": "Bouma, G. (2009). Normalized (pointwise) mutual information in "
    "collocation extraction. Proceedings of GSCL: 31-40.",
    "Carroll 1970": "Carroll, J. B. (1970). An alternative to Juilland's usage "
    "coefficient for lexical frequencies and a proposal for a standard frequency "
    "index. Computer Studies in the Humanities and Verbal Behaviour 3(2): 61-65.",
    "D'Alessio and Allen 2000": "D'Alessio, D. and Allen, M. (2000). Media bias "
    "in presidential elections: a meta-analysis. Journal of Communication 50(4): "
    "133-156.",
    "De Smedt and Daelemans 2012": "De Smedt, T. and Daelemans, W. (2012). "
    "Pattern for Python. Journal of Machine Learning Research 13: 2063-2067.",
    "Dunning 1993": "Dunning, T. (1993). Accurate methods for the statistics of "
    "surprise and coincidence. Computational Linguistics 19(1): 61-74.",
    "Efron 1987": "Efron, B. (1987). Better bootstrap confidence intervals. "
    "Journal of the American Statistical Association 82(397): 171-185.",
    "Efron and Stein 1981": "Efron, B. and Stein, C. (1981). The jackknife "
    "estimate of variance. The Annals of Statistics 9(3): 586-596.",
    "Egbert and Biber 2019": "Egbert, J. and Biber, D. (2019). Incorporating text "
    "dispersion into keyword analyses. Corpora 14(1): 77-104.",
    "Evert 2022": "Evert, S. (2022). Measuring keyness. Digital Humanities 2022: "
    "202-205. osf.io/x8z9n.",
    "Gabrielatos and Marchi 2012": "Gabrielatos, C. and Marchi, A. (2012). "
    "Keyness: appropriate metrics and practical issues. CADS International "
    "Conference, Bologna.",
    "Gries 2008": "Gries, S. Th. (2008). Dispersions and adjusted frequencies in "
    "corpora. International Journal of Corpus Linguistics 13(4): 403-437.",
    "Hanley and McNeil 1982": "Hanley, J. A. and McNeil, B. J. (1982). The "
    "meaning and use of the area under a receiver operating characteristic (ROC) "
    "curve. Radiology 143(1): 29-36.",
    "Hardie 2014": "Hardie, A. (2014). Log ratio: an informal introduction. ESRC "
    "Centre for Corpus Approaches to Social Science, Lancaster.",
    "Haugh 1976": "Haugh, L. D. (1976). Checking the independence of two "
    "covariance-stationary time series: a univariate residual cross-correlation "
    "approach. Journal of the American Statistical Association 71(354): 378-385.",
    "Hayes and Krippendorff 2007": "Hayes, A. F. and Krippendorff, K. (2007). "
    "Answering the call for a standard reliability measure for coding data. "
    "Communication Methods and Measures 1(1): 77-89.",
    "Hofland and Johansson 1982": "Hofland, K. and Johansson, S. (1982). Word "
    "frequencies in British and American English. Norwegian Computing Centre for "
    "the Humanities.",
    "Hutto and Gilbert 2014": "Hutto, C. J. and Gilbert, E. (2014). VADER: a "
    "parsimonious rule-based model for sentiment analysis of social media text. "
    "Eighth International Conference on Weblogs and Social Media.",
    "Juilland and Chang-Rodríguez 1964": "Juilland, A. and Chang-Rodríguez, E. "
    "(1964). Frequency dictionary of Spanish words. Mouton.",
    "Kilgarriff 2009": "Kilgarriff, A. (2009). Simple maths for keywords. "
    "Proceedings of the Corpus Linguistics Conference, Liverpool.",
    "Kitagawa 1955": "Kitagawa, E. M. (1955). Components of a difference between "
    "two rates. Journal of the American Statistical Association 50(272): 1168-1194.",
    "Kleinberg 2002": "Kleinberg, J. (2002). Bursty and hierarchical structure in "
    "streams. Proceedings of KDD; Data Mining and Knowledge Discovery 7 (2003): "
    "373-397.",
    "Krippendorff 2011": "Krippendorff, K. (2011). Computing Krippendorff's "
    "alpha-reliability. University of Pennsylvania, Annenberg School for "
    "Communication.",
    "Künsch 1989": "Künsch, H. R. (1989). The jackknife and the bootstrap for "
    "general stationary observations. The Annals of Statistics 17(3): 1217-1241.",
    "Kwak et al. 2021": "Kwak, H., An, J., Jing, E. and Ahn, Y.-Y. (2021). "
    "FrameAxis: characterizing microframe bias and intensity with word embedding. "
    "PeerJ Computer Science 7: e644.",
    "Lee and Seung 1999": "Lee, D. D. and Seung, H. S. (1999). Learning the parts "
    "of objects by non-negative matrix factorization. Nature 401: 788-791.",
    "Levy et al. 2015": "Levy, O., Goldberg, Y. and Dagan, I. (2015). Improving "
    "distributional similarity with lessons learned from word embeddings. "
    "Transactions of the Association for Computational Linguistics 3: 211-225.",
    "Lijffijt and Gries 2012": "Lijffijt, J. and Gries, S. Th. (2012). Correction "
    'to Stefan Th. Gries\' "Dispersions and adjusted frequencies in corpora". '
    "International Journal of Corpus Linguistics 17(1): 147-149.",
    "Lijffijt et al. 2016": "Lijffijt, J., Nevalainen, T., Säily, T., Papapetrou, "
    "P., Puolamäki, K. and Mannila, H. (2016). Significance testing of word "
    "frequencies in corpora. Digital Scholarship in the Humanities 31(2): 374-397.",
    "Mantel and Haenszel 1959": "Mantel, N. and Haenszel, W. (1959). Statistical "
    "aspects of the analysis of data from retrospective studies of disease. Journal "
    "of the National Cancer Institute 22(4): 719-748.",
    "Monroe et al. 2008": "Monroe, B. L., Colaresi, M. P. and Quinn, K. M. "
    "(2008). Fightin' words: lexical feature selection and evaluation for "
    "identifying the content of political conflict. Political Analysis 16(4): "
    "372-403.",
    "Newcombe 1998": "Newcombe, R. G. (1998). Interval estimation for the "
    "difference between independent proportions: comparison of eleven methods. "
    "Statistics in Medicine 17(8): 873-890.",
    "Phipson and Smyth 2010": "Phipson, B. and Smyth, G. K. (2010). Permutation "
    "p-values should never be zero. Statistical Applications in Genetics and "
    "Molecular Biology 9(1), article 39.",
    "Rao and Scott 1992": "Rao, J. N. K. and Scott, A. J. (1992). A simple method "
    "for the analysis of clustered binary data. Biometrics 48(2): 577-585.",
    "Rayson and Garside 2000": "Rayson, P. and Garside, R. (2000). Comparing "
    "corpora using frequency profiling. Proceedings of the Workshop on Comparing "
    "Corpora: 1-6.",
    "Rosengren 1971": "Rosengren, I. (1971). The quantitative concept of language "
    "and its relation to the structure of frequency dictionaries. Études de "
    "linguistique appliquée (Nouvelle Série) 1: 103-127.",
    "Savický and Hlaváčová 2002": "Savický, P. and Hlaváčová, J. (2002). Measures "
    "of word commonness. Journal of Quantitative Linguistics 9(3): 215-231.",
    "Scott and Knott 1974": "Scott, A. J. and Knott, M. (1974). A cluster "
    "analysis method for grouping means in the analysis of variance. Biometrics "
    "30(3): 507-512.",
    "Simonsohn et al. 2020": "Simonsohn, U., Simmons, J. P. and Nelson, L. D. "
    "(2020). Specification curve analysis. Nature Human Behaviour 4(11): 1208-1214.",
    "Sokal and Michener 1958": "Sokal, R. R. and Michener, C. D. (1958). A "
    "statistical method for evaluating systematic relationships. University of "
    "Kansas Science Bulletin 38: 1409-1438.",
    "Steegen et al. 2016": "Steegen, S., Tuerlinckx, F., Gelman, A. and "
    "Vanpaemel, W. (2016). Increasing transparency through a multiverse analysis. "
    "Perspectives on Psychological Science 11(5): 702-712.",
    "Wilson 1927": "Wilson, E. B. (1927). Probable inference, the law of "
    "succession, and statistical inference. Journal of the American Statistical "
    "Association 22(158): 209-212.",
    "Wilson 2013": "Wilson, A. (2013). Embracing Bayes factors for key item "
    "analysis in corpus linguistics. New Approaches to the Study of Linguistic "
    "Variability: 3-11.",
}


def cited(text: str) -> list[str]:
    """Return the references that a text names, by author.

    Examples
    --------
    >>> [one[:12] for one in cited("Intervals after Wilson 1927.")]
    ['Wilson, E. B']
    """
    return [full for short, full in REFERENCES.items() if short in text]
