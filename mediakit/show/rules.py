"""What rules that read texts are worth, in a sentence to stand under their figures.

The figures are those of the cards in data/dictionaries; a test holds them together.
"""

IN_SHORT = {
    "count_voices": (
        "rules for English news: of quotations with marks .78 are found and .88 of "
        "their speakers are right (PolNeAR), the group of .77 (constructed corpus); "
        "read who is counted (`find_quotations`)."
    ),
    "count_agency": (
        "rules for English news: the form was right in 65 of 70 mentions in texts and "
        "57 of 60 in headlines, read by one coder; an agent who is not named may be "
        "unknown; read the sentences (`find_agency`)."
    ),
}
OWN_LISTS = "rules with lists of your own, which nobody has held against people yet."


def rules_line(source: dict) -> list[str]:
    """Return the line for a measure that rules made, by its provenance."""
    made = source.get("made_by")
    if made not in IN_SHORT:
        return []
    return [OWN_LISTS if source.get("own_lists") else IN_SHORT[made]]
