"""The libraries of stems and lemmas, and their languages."""

from mediakit.errors import MediakitError

STEM_LANGUAGES = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}


def snowball(language: str):
    """Return the stemmer of a language, or say which there are."""
    if language not in STEM_LANGUAGES:
        raise MediakitError(
            f"There are stems for the languages {sorted(STEM_LANGUAGES)}, not for "
            f"{language!r}; use fold='lower', or give an NLTK stemmer as `fold`."
        )
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(STEM_LANGUAGES[language])


def check_lemmas(language: str) -> None:
    """Raise if there are no lemmas of a language."""
    from simplemma import lemmatize

    try:
        lemmatize("a", lang=language)
    except ValueError as error:
        raise MediakitError(
            f"simplemma has no lemmas for the language {language!r}; use "
            "fold='lower', or give a function from word to lemma as `fold`."
        ) from error
