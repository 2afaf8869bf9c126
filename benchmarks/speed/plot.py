"""Two pictures of the figures: how many times longer peers take, and growth."""

from pathlib import Path

from speed.large import STEPS
from speed.targets import figures

from mediakit.show.style import GREY, PALE, header, legend, look, row_axis, style

OURS = "mediakit"
SHOWN = {
    "ids": "find words",
    "keyness": "key words",
    "passages": "all lines of a word",
    "lines": "20 lines of a word",
    "collocates": "collocates",
    "trend": "monthly trend",
    "dictionary": "dictionary",
    "textblob": "TextBlob scores",
    "vader": "VADER scores",
}
GROWING = "tokenize open count compare passages trend".split()
PIXELS = {"dpi": 110}


def ratios(told: dict) -> dict[str, dict[str, float]]:
    """Return {task: {engine: CPU seconds for each one of mediakit's}}."""
    found = {}
    for task in SHOWN:
        ours = figures(told, OURS, task)
        for engine in told if ours else ():
            cost = figures(told, engine, task)
            if cost and engine != OURS and "threads" not in engine:
                found.setdefault(task, {})[engine] = cost["cpu"] / ours["cpu"]
    return found


def peers(told: dict, articles: int, path: Path) -> str:
    """Draw a dot for each task and peer; return the alt text."""
    import matplotlib.pyplot as plt

    rows = [
        (task, f"{SHOWN[task]}: {engine.removeprefix(OURS).strip()}", value)
        for task, engines in ratios(told).items()
        for engine, value in sorted(engines.items(), key=lambda pair: pair[1])
    ]
    starts = [i for i in range(1, len(rows)) if rows[i][0] != rows[i - 1][0]]
    if not rows:
        return "No task was run by mediakit and by a peer."
    with style():
        figure, ax = plt.subplots(
            figsize=(9, 2.4 + 0.3 * len(rows)), layout="constrained"
        )
        values = [value for *_, value in rows]
        ax.plot(values, range(len(rows)), "o", color=look(0)["color"])
        ax.axvline(1, color=GREY, linewidth=1.2)
        for start in starts:
            ax.axhline(start - 0.5, color=PALE, linewidth=0.8)
        ax.set_xscale("log")
        row_axis(ax, [label for _, label, _ in rows])
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        ax.set_xlabel("times mediakit's (1: the same; right of it: slower)")
        about = f"{articles:,} made-up articles, one processor, CPU seconds"
        header(ax, "How many times longer the others take", [about])
        figure.savefig(path, **PIXELS)
        plt.close(figure)
    told_rows = "; ".join(f"{label} {value:.2g}" for _, label, value in rows)
    return f"Dots on a logarithmic axis, times mediakit's CPU seconds: {told_rows}."


def growth(sizes: dict, path: Path) -> str:
    """Draw CPU seconds and peak memory by the number of articles; return the alt."""
    import matplotlib.pyplot as plt

    ordered = sorted(map(int, sizes))
    with style():
        figure, (left, right) = plt.subplots(
            1, 2, figsize=(13, 5.2), layout="constrained"
        )
        for place, step in enumerate(GROWING):
            costs = {n: sizes[str(n)]["steps"].get(step, {}) for n in ordered}
            known = {n: cost for n, cost in costs.items() if "cpu" in cost}
            for ax, key in ((left, "cpu"), (right, "peak")):
                values = [cost[key] for cost in known.values()]
                ax.plot(list(known), values, label=STEPS[step], **look(place))
        for ax, label in ((left, "CPU seconds"), (right, "peak memory, MB")):
            ax.set_xscale("log")
            ax.set_yscale("log")
            ax.set_xlabel("articles")
            ax.set_ylabel(label)
            ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
            ax.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
            ax.set_xticks(ordered)
            low, high = ax.get_ylim()
            if high < 50 * low:  # no two powers of ten to be named
                ticks = (n * 10**p for p in range(-4, 7) for n in (1, 2, 5))
                ax.set_yticks([tick for tick in ticks if low <= tick <= high])
            ax.minorticks_off()
            ax.grid()
        legend(right)
        header(left, "Cost by the number of articles", ["Both axes are logarithmic"])
        figure.savefig(path, **PIXELS)
        plt.close(figure)
    return (
        "CPU seconds and peak memory by the number of articles, both on logarithmic "
        f"axes, at {', '.join(f'{n:,}' for n in ordered)} articles; the figures are in "
        "the table below."
    )
