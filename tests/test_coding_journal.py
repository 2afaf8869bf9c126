import os
import subprocess
import sys
import threading
import time

import pytest
from coding_helpers import coding, say
from hypothesis import given, settings
from hypothesis import strategies as st

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.text.coding_journal import (
    ENDING,
    Journal,
    coder_name,
    read_sitting,
    sittings,
)
from mediakit.text.read_codes import read_codes

CODER = """
import sys
from mediakit.text.coding import open_coding
from mediakit.text.coding_journal import Journal
coding = open_coding(sys.argv[1])
journal = Journal(coding.folder, "Ana", coding.fingerprint)
for number in range(1_000_000):
    code = "yes" if number % 3 else "no"
    unit = f"u{number % 4}"
    journal.add(unit=unit, question="says", codes=[code], seconds=float(number))
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def records(folder):
    paths = list(sittings(folder))
    return [r for path in paths for r in read_sitting(path.read_bytes(), path).records]


def test_killed_at_any_moment_no_answer_that_was_kept_is_lost(tmp_path):
    coding(tmp_path)
    run = [sys.executable, "-c", CODER, str(tmp_path)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True) as process:
        told = [int(process.stdout.readline()) for _ in range(50)]
        time.sleep(0.017)
        process.kill()
        told += [int(line) for line in process.stdout.read().splitlines()]
    kept = [int(record["seconds"]) for record in records(tmp_path)]
    assert kept[: len(told)] == told == list(range(len(told)))
    assert len(kept) <= len(told) + 1  # kept, and killed before it could say so
    codes = read_codes(tmp_path)
    last = {f"u{n % 4}": "yes" if n % 3 else "no" for n in kept}
    assert dict(zip(codes["unit_id"], codes["code"], strict=True)) == last


@settings(max_examples=30)
@given(data=st.data())
def test_a_journal_cut_anywhere_gives_the_answers_before_the_cut(
    data, tmp_path_factory
):
    made = coding(tmp_path_factory.mktemp("cut"))
    answers = [("u0", "says", "yes"), ("u1", "frames", ["war"]), ("u2", "says", "no")]
    path = say(made, "Zoë", answers).path
    [path] = sittings(made.folder)
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    size = data.draw(st.integers(len(lines[0]), len(whole)))
    read = read_sitting(whole[:size], path.name)
    complete = whole[:size].count(b"\n") - 1
    assert complete <= len(read.records) <= complete + 1
    assert read.damaged == ()
    said = [(r["unit"], r["question"], r["codes"]) for r in read.records]
    expected = [(u, q, [c] if isinstance(c, str) else c) for u, q, c in answers]
    assert said == expected[: len(said)]


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_byte_is_noticed_and_costs_one_line(tmp_path_factory, place, flip):
    made = coding(tmp_path_factory.mktemp("damage"))
    say(made, "Ana", [(f"u{n}", "says", "yes") for n in range(4)])
    [path] = sittings(made.folder)
    data = bytearray(path.read_bytes())
    first = data.index(b"\n") + 1
    place = first + place % (len(data) - first)
    data[place] ^= flip
    read = read_sitting(bytes(data), path.name)
    assert all(record["codes"] == ["yes"] for record in read.records)
    lost = 4 - len(read.records)
    assert lost <= 2  # two where a line end goes
    assert lost == 0 or read.damaged or read.cut


def test_a_file_that_is_no_journal_is_refused(tmp_path):
    for data in (b"", b"{}\n", b"\xff\xfe\x00", b'{"format": "x"}\t00000000\n'):
        with pytest.raises(MediakitError, match="does not begin as a journal"):
            read_sitting(data, "x" + ENDING)


def test_many_windows_in_one_folder_lose_nothing(tmp_path):
    made = coding(tmp_path)

    def sit(coder):
        say(made, coder, [(f"u{n % 4}", "says", "yes") for n in range(20)])

    windows = [threading.Thread(target=sit, args=[f"{n % 3}"]) for n in range(9)]
    [one.start() for one in windows]
    [one.join() for one in windows]
    assert len(list(sittings(tmp_path))) == 9
    assert len(records(tmp_path)) == 9 * 20
    assert len(read_codes(tmp_path)) == 3 * 4


def test_a_full_disk_is_said_and_the_next_answer_goes_to_a_new_file(
    tmp_path, monkeypatch
):
    made = coding(tmp_path)
    journal = Journal(made.folder, "Ana", made.fingerprint)
    write = os.write
    for unit in ("u0", "u1"):
        with monkeypatch.context() as full:
            full.setattr(os, "write", lambda file, data: write(file, data[:20]))
            with pytest.raises(MediakitError, match="is full.*this code was not kept"):
                journal.add(unit=unit, question="says", codes=["no"])
        journal.add(unit=unit, question="says", codes=["yes"])
    assert sorted(one["unit"] for one in records(tmp_path)) == ["u0", "u1"]
    assert len(list(sittings(tmp_path))) == 2
    (tmp_path / f"ana-0{ENDING}").touch()  # killed before the first answer
    with pytest.warns(MediakitWarning, match="the last line was cut off"):
        codes = read_codes(tmp_path)
    assert codes["code"].tolist() == ["yes", "yes"]
    assert len(codes.attrs["mediakit"]["remarks"]) == 1


def test_a_clock_that_goes_back_does_not_turn_answers_around(tmp_path):
    made = coding(tmp_path)
    journal = Journal(made.folder, "Ana", made.fingerprint)
    journal.latest = "2999-01-01T00:00:00.000000+00:00"
    journal.add(unit="u0", question="says", codes=["yes"])
    journal.add(unit="u0", question="says", codes=["no"])
    assert read_codes(tmp_path)["code"].tolist() == ["no"]


@pytest.mark.parametrize("name", ["Zoë\u202e", " ", "x" * 99, 3])
def test_a_name_must_be_one(name):
    with pytest.raises(MediakitError, match="`coder` must be a name"):
        coder_name(name)


@pytest.mark.parametrize("name", ["../x", "a/b", "李", "C:\\x", "con"])
def test_a_name_never_leads_out_of_the_folder(tmp_path, name):
    made = coding(tmp_path / "codes")
    say(made, name, [("u0", "says", "yes")])
    assert read_codes(made)["coder"].tolist() == [name]
    assert [path.name for path in tmp_path.iterdir()] == ["codes"]
