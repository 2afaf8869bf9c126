"""The generated part of benchmarks/README.md: tables between two markers."""

import math
from pathlib import Path

from speed.large import STEPS
from speed.machine import in_words
from speed.targets import (
    ELSEWHERE,
    TARGETS,
    TASKS,
    described,
    figures,
    measured,
    verdict,
)

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
OURS, PLAIN = "mediakit", "mediakit without Numba"
LINEAR_FROM, STEEPEST = 10_000, 1.1


def row(*cells) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def head(*cells) -> list[str]:
    return [row(*cells), "|" + "--|" * len(cells)]


def number(value: float | None, digits: int = 3) -> str:
    """Return three significant figures, without an exponent."""
    if value is None:
        return ""
    if value >= 100 or value == 0:
        return f"{value:,.0f}"
    places = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    return f"{value:.{min(places, 6)}f}"


def task_table(told: dict) -> list[str]:
    """Every task, every engine that knows it; absent engines stand at the end."""
    lines = head(
        *("task", "engine", "CPU s", "first call", "wall s", "times mediakit"),
        *("MB added", "peak MB", "note"),
    )
    for task, what in TASKS.items():
        ours = figures(told, OURS, task)
        for engine, about in told.items():
            cost = about.get("tasks", {}).get(task)
            if cost is None:
                continue
            if "absent" in cost:
                lines.append(row(what, engine, cost["absent"], *[""] * 6))
                continue
            times = number(cost["cpu"] / ours["cpu"]) if ours else ""
            whole = cost["part"] == 1
            lines.append(
                row(
                    *(what, engine, number(cost["cpu"]), number(cost["first"])),
                    *(number(cost["wall"]), times),
                    number(max(cost["grew"], 0)) if whole else "",
                    number(cost["peak"]) if whole else "",
                    cost["note"],
                )
            )
    for engine, about in told.items():
        if "absent" in about:
            lines.append(row("all", engine, about["absent"], *[""] * 6))
    return lines


def target_table(told: dict) -> list[str]:
    """Every target with both figures and both verdicts."""
    lines = head(
        *("task", "against", "aim (stretch)", "with Numba", "verdict"),
        *("without Numba", "verdict"),
    )
    for target in TARGETS:
        sign = " s" if target.figure == "seconds" else " times"
        stretch = f" ({target.stretch:g})" if target.stretch else ""
        cells = [described(target), target.engine, f"{target.least:g}{stretch}{sign}"]
        for ours in (OURS, PLAIN):
            if ours == PLAIN and target.figure == "wall":
                cells += ["", ""]
                continue
            cells.append(number(measured(target, told, ours)))
            cells.append(verdict(target, told, ours))
        lines.append(row(*cells))
    return lines


def missed_list(told: dict) -> list[str]:
    """Say of every missed target what would be needed."""
    needs = {}
    for target in TARGETS:
        if verdict(target, told, OURS) == "missed":
            what = f"{described(target)}, against {target.engine}"
            needs.setdefault(target.missed, []).append(what)
    lines = [f"* {'; '.join(names)}: {need}." for need, names in needs.items()]
    return lines or ["* Of the targets measured in this run, none."]


def slope(sizes: dict, step: str, key: str = "cpu") -> float | None:
    """Return the least-squares slope of log cost on log articles, from 10,000 on."""
    points = [
        (math.log(int(n)), math.log(about["steps"][step][key]))
        for n, about in sizes.items()
        if int(n) >= LINEAR_FROM and about["steps"].get(step, {}).get(key)
    ]
    if len(points) < 2:
        return None
    mean_x, mean_y = (sum(column) / len(points) for column in zip(*points, strict=True))
    across = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / across


def growth_table(sizes: dict) -> list[str]:
    """CPU seconds and peak memory of every step at every size, and the slope."""
    ordered = sorted(sizes, key=int)
    lines = head("CPU s (peak MB)", *(f"{int(n):,} articles" for n in ordered), "slope")
    for step, what in STEPS.items():
        cells = []
        for n in ordered:
            cost = sizes[n]["steps"].get(step, {"absent": "not run"})
            if "cpu" in cost:
                cells.append(f"{number(cost['cpu'])} ({cost['peak']:,.0f})")
            else:
                cells.append(cost["absent"])
        steep = slope({n: sizes[n] for n in ordered}, step)
        lines.append(row(what, *cells, "" if steep is None else f"{steep:.2f}"))
    return lines


def million_lines(sizes: dict) -> list[str]:
    """Judge what was asked of a million articles, if they were run."""
    steps = sizes.get("1000000", {}).get("steps", {})
    done = {step: cost for step, cost in steps.items() if "cpu" in cost}
    if not done:
        return ["A million articles: not run yet (`python benchmarks/million.py`)."]
    lines = head("a million articles", "aim", "measured", "verdict")
    work = [cost["peak"] for step, cost in done.items() if step != "tokenize"]
    private = [cost["private"] for step, cost in done.items() if step != "tokenize"]
    asked = [
        ("open, wall s", 1, done.get("open", {}).get("first_wall")),
        ("peak at ingest, MB", 8_000, done.get("tokenize", {}).get("peak")),
        ("peak at work, mapped pages included, MB", 4_000, max(work, default=None)),
        ("peak at work, mapped pages left out, MB", 4_000, max(private, default=None)),
    ]
    steep = slope(sizes, "tokenize")
    asked.append(("slope of texts to saved corpus", STEEPEST, steep))
    for what, aim, value in asked:
        held = "not measured" if value is None else "held" if value <= aim else "missed"
        lines.append(row(what, f"at most {aim:,}", number(value), held))
    return lines


def generated(field: dict, sizes: dict) -> str:
    """Return the Markdown between the markers."""
    told = field.get("engines", {})
    parts = []
    if told:
        versions = {
            k: v for e in told.values() for k, v in e.get("versions", {}).items()
        }
        peers = ", ".join(f"{name} {version}" for name, version in versions.items())
        rounds = max((e.get("rounds", 0) for e in told.values()), default=0)
        parts += [f"## The field, {field['articles']:,} articles", ""]
        parts += [in_words(field["machine"]), f"Peers: {peers}. Rounds: {rounds}.", ""]
        parts += ["![" + field["alt"] + "](peers.png)", "", "### Targets", ""]
        parts += [*target_table(told), "", "### Missed, and what it would take", ""]
        parts += [*missed_list(told), "", "### Every task", "", *task_table(told), ""]
        parts += ["Published figures of another machine (November 2026, 2 shared"]
        parts += ["processors, 100,000 like articles), for orientation only:", ""]
        parts += [*(f"* {line}." for line in ELSEWHERE), ""]
    if sizes:
        last = sizes[max(sizes, key=int)]
        parts += ["## Growth", "", in_words(last["machine"]), ""]
        parts += ["![" + field.get("alt_growth", "Growth") + "](growth.png)", ""]
        parts += [*growth_table(sizes), "", *million_lines(sizes), ""]
    return "\n".join(parts)


def write(readme: Path, text: str) -> None:
    """Put the text between the markers of the file, and leave the rest as it is."""
    there = readme.exists()
    whole = readme.read_text(encoding="utf-8") if there else f"{BEGIN}\n{END}\n"
    before, found, rest = whole.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise SystemExit(f"{readme.name} lacks the lines {BEGIN} and {END}.")
    readme.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")
