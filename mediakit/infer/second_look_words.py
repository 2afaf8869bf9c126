"""The question of a second look that counts the texts anew."""

from dataclasses import replace

from mediakit.infer.recount import (
    UnaskedError,
    check_view,
    count_again,
    other_tokenizer,
)
from mediakit.infer.second_look_finding import Answer, Finding, on_sides


def another_tokenizer(finding: Finding) -> Answer:
    """Ask whether it hangs on what was taken for a word."""
    if finding.corpus is None:
        raise UnaskedError(
            "Words cannot be cut anew without texts: give the corpus that the measure "
            "was counted from in `corpus=`."
        )
    check_view(finding.measure, finding.corpus)
    corpus, said = other_tokenizer(finding.corpus)
    counted = count_again(finding.measure, finding.item, corpus)
    articles = on_sides(counted.articles, finding.sides)
    row = finding.look_at(replace(counted, articles=articles))
    return finding.answer(row, f"Words cut as {said}.")
