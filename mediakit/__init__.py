"""mediakit: media analysis whose claims survive a second look.

Names are loaded when they are first used, so that `import mediakit` is quick.
"""

from importlib import import_module
from importlib.metadata import version

__version__ = version("mediakit")

_HOMES = {
    "mediakit.errors": ["MediakitError", "MediakitWarning"],
    "mediakit.workers": ["use"],
    "mediakit.load.read": ["read_articles"],
    "mediakit.load.fetch": ["fetch_pages"],
    "mediakit.load.services": ["search_news"],
    "mediakit.load.account": ["account"],
    "mediakit.load.register": ["load_outlets", "label_outlets"],
    "mediakit.text.tokenize": ["tokenize"],
    "mediakit.text.corpus": ["Corpus"],
    "mediakit.text.store": ["open_corpus"],
    "mediakit.text.samples": ["load_sample", "load_truth"],
    "mediakit.text.layers": ["mark_quotations"],
    "mediakit.text.marked": ["mark_patterns"],
    "mediakit.text.actors": ["mark_actors"],
    "mediakit.text.names": ["mark_names"],
    "mediakit.text.agency": ["find_agency"],
    "mediakit.text.voices": ["find_quotations"],
    "mediakit.text.passages": ["find_passages"],
    "mediakit.text.dictionary": ["Dictionary"],
    "mediakit.text.dictionary_files": ["read_dictionary"],
    "mediakit.text.dictionary_shipped": ["load_dictionary"],
    "mediakit.text.sample_units": ["draw_sample"],
    "mediakit.text.coding_sheets": ["as_codes", "as_articles"],
    "mediakit.text.codebook": ["Codebook"],
    "mediakit.text.codebook_files": ["load_codebook", "read_codebook"],
    "mediakit.text.coding": ["open_coding"],
    "mediakit.text.read_codes": ["read_codes"],
    "mediakit.measure.similar": ["find_similar"],
    "mediakit.clean.text": ["clean_text"],
    "mediakit.clean.boilerplate": ["clean_boilerplate"],
    "mediakit.clean.duplicates": ["label_duplicates"],
    "mediakit.clean.languages": ["label_languages"],
    "mediakit.clean.audit": ["audit_articles"],
    "mediakit.clean.unique": ["keep_unique"],
    "mediakit.clean.events": ["label_events"],
    "mediakit.clean.topic": ["keep_about"],
    "mediakit.clean.genres": ["label_genres"],
    "mediakit.clean.report": ["cleaning_report"],
    "mediakit.clean.rules": ["load_house_words"],
    "mediakit.measure.measure": ["Measure"],
    "mediakit.measure.store": ["open_measure"],
    "mediakit.measure.external": ["as_measure"],
    "mediakit.measure.terms": ["count_terms"],
    "mediakit.measure.patterns": ["count_patterns"],
    "mediakit.measure.dictionaries": ["count_dictionary"],
    "mediakit.measure.naming": ["count_naming"],
    "mediakit.measure.suggest": ["suggest_labels"],
    "mediakit.measure.agency": ["count_agency"],
    "mediakit.measure.voices": ["count_voices"],
    "mediakit.measure.collocates": ["count_collocates"],
    "mediakit.measure.coverage": ["count_coverage"],
    "mediakit.measure.tones": ["score_tones"],
    "mediakit.measure.ngrams": ["count_ngrams"],
    "mediakit.measure.axes": ["score_axis"],
    "mediakit.measure.sentiment": ["score_sentiment"],
    "mediakit.measure.topics": ["score_topics"],
    "mediakit.infer.associate": ["associate"],
    "mediakit.infer.dispersion": ["dispersion"],
    "mediakit.infer.summarise": ["summarise"],
    "mediakit.infer.explain": ["explain"],
    "mediakit.infer.adjust": ["adjust"],
    "mediakit.infer.agreement": ["agreement"],
    "mediakit.infer.compare": ["compare"],
    "mediakit.infer.validate": ["validate"],
    "mediakit.infer.tones": ["compare_tones"],
    "mediakit.infer.trend": ["trend"],
    "mediakit.infer.tone_words": ["explain_tone"],
    "mediakit.infer.change_points": ["change_points"],
    "mediakit.infer.bursts": ["bursts"],
    "mediakit.infer.diverging": ["diverging"],
    "mediakit.infer.calendar_effects": ["calendar_effects"],
    "mediakit.infer.lead_lag": ["lead_lag"],
    "mediakit.infer.keyness": ["keyness"],
    "mediakit.infer.placebo": ["placebo"],
    "mediakit.infer.decompose": ["decompose"],
    "mediakit.infer.second_look": ["second_look"],
    "mediakit.infer.multiverse": ["multiverse"],
    "mediakit.infer.power": ["power"],
    "mediakit.show.summary": ["plot_summary"],
    "mediakit.show.comparison": ["plot_comparison"],
    "mediakit.show.decomposition": ["plot_decomposition"],
    "mediakit.show.trend": ["plot_trend"],
    "mediakit.show.coverage": ["plot_coverage"],
    "mediakit.show.audit": ["show_audit"],
    "mediakit.show.passages": ["show_passages"],
    "mediakit.show.flow": ["plot_flow", "show_flow"],
    "mediakit.show.coding": ["show_coding"],
    "mediakit.show.coding_sheets": ["save_coding"],
    "mediakit.show.display": ["show_figure", "show_table"],
    "mediakit.show.tone_words": ["plot_tone_words"],
    "mediakit.show.tones": ["plot_tones"],
    "mediakit.show.excerpts": ["show_excerpts"],
    "mediakit.show.timeline": ["plot_articles", "show_articles"],
    "mediakit.show.tables": ["save_table", "read_table"],
    "mediakit.show.figures": ["save_figure"],
    "mediakit.show.plain": ["in_plain_words"],
    "mediakit.show.second_look": ["show_second_look"],
    "mediakit.show.multiverse": ["plot_multiverse"],
    "mediakit.show.methods_text": ["methods_text"],
    "mediakit.show.captions": ["describe"],
    "mediakit.share.derive": ["derive"],
    "mediakit.share.verify": ["verify"],
    "mediakit.share.match": ["match_texts"],
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", *sorted(_HOME)]


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"mediakit has no {name!r}; it has {sorted(_HOME)}.")
    return getattr(import_module(_HOME[name]), name)


def __dir__():
    return __all__
