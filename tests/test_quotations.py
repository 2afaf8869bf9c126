"""Quotations by a table of cases with reasons, by laws, and on annotated news."""

import re
import tarfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.text.quotations import pair_marks, quotation_spans

# The expected contents stand between ⟦ and ⟧; unpaired marks are followed by ‡.
CASES = [
    ("No marks at all, don't look.", "an apostrophe in a word quotes nothing"),
    # double marks
    ("He said: “⟦We won.⟧” She left.", "curly"),
    ('He said: "⟦We won.⟧" She left.', "straight"),
    ("“⟦We won,⟧” he said, “⟦and we’ll go.⟧”", "two parts of one utterance"),
    ('the "⟦freedom⟧" fighters', "scare quotes are quotations"),
    ('“⟦We won,⟧" he said.', "curly closed by straight"),
    ('"⟦We won,⟧” he said.', "straight closed by curly"),
    ("“⟦We won,⟧“ he said.", "an opening mark typed as a closing one"),
    ("''⟦We won,⟧'' he said. ''⟦It's over.⟧''", "double apostrophes"),
    ("‘‘⟦We won,⟧’’ he said.", "curly ones"),
    ("``⟦We won,⟧'' he said.", "typewriter style"),
    ('""⟦We won,⟧"" he said.', "marks doubled by a spreadsheet"),
    ('("⟦We⟧"), —"⟦won⟧"—', "beside brackets and dashes"),
    ("He said:“⟦Go.⟧”Then he left.“⟦Why?⟧”", "glued without spaces"),
    ('He left.Then:"⟦Go.⟧"Why?', "glued straight ones"),
    ('He said " ⟦We won.⟧ " and left.', "set off by spaces"),
    ("“” and “ ”", "empty marks hold nothing"),
    # marks that are none
    ('He is 5\'10" tall and 6"‡ thin.', "feet and inches"),
    ('"⟦He is 5\'10" tall,⟧" she said.', "also inside a quotation"),
    ('<a href="x" title="y">see</a> "⟦Go⟧"', "attributes of mark-up"),
    # single marks
    ("‘⟦We won,⟧’ he said.", "British style"),
    ("'⟦We won,⟧' he said.", "straight"),
    ("‘⟦We don’t know James’s son,⟧’ he said.", "with apostrophes inside"),
    ("'⟦We don't know,⟧' he said. 'Tis so.", "and behind"),
    ("Minister: '⟦no deal⟧'", "at a headline's end"),
    ("Minister ‘⟦fears workers⟧’ before vote", "a plural at the end of a quotation"),
    ("‘⟦The workers’ party won,⟧’ he said.", "a possessive inside one"),
    ("the '⟦rebels⟧' and the '⟦fighters⟧' left", "each with its own partner"),
    ("the '⟦rebels⟧', the '⟦fighters⟧'.", "same"),
    ("'Tis the workers' party, 'twas theirs'.", "elisions open nothing"),
    ("rock 'n' roll in the '90s was the boys' joy", "nor do these"),
    ("James’ book and the states’ rights", "a plural's apostrophe opens nothing"),
    ("‘Tis true, he said, ’twas", "nor does a wrongly turned one"),
    ("He was goin' home with 'em.", "nor a dropped letter"),
    ("Kim 's son and the workers' party", "nor a loose possessive"),
    ("A lone 'mark in a line", "nor a mark that never closes"),
    ("'The “⟦boys' left⟧” he said.", "nor one that would cut a quotation"),
    # nested
    ("“⟦He told us: ‘Go.’ We went.⟧”", "single in double: the outer one counts"),
    ("‘⟦He told us: “Go.” We went.⟧’", "double in single"),
    ("‘⟦He told us: “The boys’ toys.” Go.⟧’", "a possessive inside both"),
    ("'⟦He told us: \"Go.\" We went.⟧'", "straight"),
    ("“⟦He told us: ‘Go.’⟧”", "closing together"),
    ("\"⟦He told us: 'Go.'⟧\"", "closing together, straight"),
    ("“⟦He said “go” twice,⟧” she said.", "the same marks, if all are there"),
    ("«⟦Il dit «oui» et «non».⟧»", "angle in angle"),
    # other languages
    ("„⟦Wir gehen⟧“, sagte er. „⟦Ja.⟧“", "German low and high"),
    ("„⟦Idziemy⟧”, powiedział.", "Polish low and high"),
    ("»⟦Wir gehen⟧«, sagte er. »⟦Ja.⟧«", "German angles point inward"),
    ("Il dit : « ⟦Nous partons.⟧ » Puis « ⟦oui⟧ ».", "French angles, with spaces"),
    ("Dijo: «⟦Nos vamos “ya”.⟧» Sí.", "Spanish angles outside"),
    ("Он сказал: «⟦Мы уходим⟧», — и ушёл.", "Russian angles"),
    ("”⟦Vi går⟧”, sade han. ”⟦Ja.⟧”", "Swedish: both marks turned one way"),
    ("首相は「⟦行く『今』⟧」と述べた。", "Japanese corners"),
    ("‹⟦oui⟧›", "single angles"),
    ("قال: «⟦نذهب⟧» ثم", "Arabic"),
    # paragraphs
    ("“⟦We won.\n\n“We go on,⟧” he said.", "each paragraph opens, the last one closes"),
    ('"⟦We won.\n"It was hard.\n"We go on,⟧" he said.', "straight, three of them"),
    ("«⟦On part.\n«On gagne⟧», dit-il.", "angles"),
    ("“⟦We won.\n“We go⟧” on. “⟦Yes.⟧”", "and then others follow"),
    ("“‡⟦We won, he said.⟧\nShe left. “⟦Yes.⟧”", "an open one ends with its paragraph"),
    ("He said: “‡⟦We won.⟧", "and with the text"),
    ("“‡⟦We won, he said. “We go on.⟧” Yes.", "a second opening mark goes on"),
    ("We won,”‡ he said. “⟦Yes.⟧”", "a lone closing mark closes nothing"),
    ('We won,"‡ he said. "⟦Yes.⟧"', "straight, too"),
    ("“‡⟦A.⟧\n\n'⟦B⟧' “⟦C⟧”", "the damage stays in the paragraph"),
    (
        "He said: “⟦We\nwon the\nlong war\nat last,⟧”\nand left\nus here.",
        "lines of a wrapped text are no paragraphs",
    ),
    ("One.\nHe said: “‡⟦We\twon.⟧\n \n\nTwo.\n", "white space is trimmed"),
]


def read_case(marked):
    """Return the text, its contents' spans and its unpaired marks' places."""
    text, starts, ends, unpaired = "", [], [], []
    for character in marked:
        if character == "⟦":
            starts.append(len(text))
        elif character == "⟧":
            ends.append(len(text))
        elif character == "‡":
            unpaired.append(len(text) - 1)
        else:
            text += character
    return text, list(zip(starts, ends, strict=True)), unpaired


@pytest.mark.parametrize(("marked", "reason"), CASES)
def test_table_of_cases(marked, reason):
    text, spans, unpaired = read_case(marked)
    found = pair_marks(text)
    assert [text[a:b] for a, b in found.spans] == [text[a:b] for a, b in spans], reason
    assert found.spans == spans
    assert found.unpaired == unpaired, reason


anything = st.text() | st.text(
    st.sampled_from("ab sS.,!\n\"'“”‘’„«»‹›「」『』`=5 n\r\u2028—-([")
)


@given(anything)
def test_any_text_gives_sorted_disjoint_spans_within_it(text):
    found = pair_marks(text)
    borders = [border for span in found.spans for border in span]
    assert borders == sorted(borders)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    assert all(text[a:b].strip() == text[a:b] for a, b in found.spans)
    assert len(set(found.unpaired)) == len(found.unpaired)
    assert quotation_spans(text) == found.spans


@given(st.lists(anything, max_size=5))
def test_a_balanced_paragraph_is_found_whatever_stands_before(texts):
    text = "".join(texts) + ".\n\nHe said: “We won.”"
    start, end = quotation_spans(text)[-1]
    assert text[start:end].endswith("We won.")


@given(st.text("ab .,!’'\n"))
def test_without_marks_nothing_is_quoted(text):
    assert quotation_spans(re.sub(r"'|\B’|’\B", "", text)) == []


@given(st.lists(st.text("ab ,.", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_planted_quotations_are_found_in_every_style(contents):
    for opening, closing in ["“”", '""', "„“", "«»", "»«", "「」", "””"]:
        text = " x ".join(opening + content + closing for content in contents)
        assert [text[a:b] for a, b in quotation_spans(text)] == contents


DATA = Path(__file__).parents[2] / "shared/data/polnear"
ARCHIVE = DATA / "train_dev_text_attributions.tar.gz"


@pytest.mark.skipif(not ARCHIVE.is_file(), reason="needs PolNeAR in ../shared/data")
def test_annotated_news():
    texts, contents = read_polnear("data/dev/")
    assert len(texts) == 84
    hits, total, covered, bearing = 0, 0, 0, 0
    for name, text in texts.items():
        spans = quotation_spans(text)
        total += len(spans)
        hits += sum(
            any(
                a < end and start < b
                for parts in contents[name]
                for start, end in parts
            )
            for a, b in spans
        )
        for parts in contents[name]:
            if any(mark in text[parts[0][0] : parts[-1][1]] for mark in '"“”'):
                bearing += 1
                inside = sum(
                    max(0, min(b, end) - max(a, start))
                    for a, b in spans
                    for start, end in parts
                )
                covered += 2 * inside >= sum(end - start for start, end in parts)
    assert hits / total > 0.93
    assert covered / bearing > 0.74


def read_polnear(folder):
    """Return texts by name, and each one's contents as lists of spans."""
    texts, notes = {}, {}
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            if member.isfile() and member.name.startswith(folder):
                body = archive.extractfile(member).read().decode()
                path = Path(member.name)
                if path.suffix == ".txt":
                    texts[path.stem] = body
                else:
                    name = re.sub(r"_[0-9a-z]{4}$", "", path.stem)
                    notes.setdefault(name, {})[path.stem] = body
    contents = defaultdict(list)
    for name, annotators in notes.items():
        for line in annotators[min(annotators)].splitlines():
            if found := re.match(r"T\d+\tContent ([\d ;]+)\t", line):
                parts = [part.split() for part in found[1].split(";")]
                contents[name].append([(int(a), int(b)) for a, b in parts])
    return texts, contents
