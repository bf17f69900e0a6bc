"""The cost of a question against the number of items, as an SVG that is the same for the same figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

# Ours in front, the others in a fixed order, told apart by shade and mark as well as colour.
_STYLES = (
    ("#b3261e", "o"),
    ("#d98880", "s"),
    ("#1f5fa8", "^"),
    ("#2e8b57", "D"),
    ("#7a5195", "v"),
    ("#777777", "x"),
    ("#c48a00", "P"),
)


def draw(series: Mapping[str, Sequence[tuple[int, float]]], path: Path) -> bool:
    """Write the plot of milliseconds (both axes logarithmic). False where matplotlib is not installed."""
    if find_spec("matplotlib") is None:
        return False
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings = {"svg.hashsalt": "huiqi", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(7.2, 4.4), layout="constrained")
        axes = figure.subplots()
        for at, (name, points) in enumerate(series.items()):
            colour, mark = _STYLES[at % len(_STYLES)]
            sizes, costs = zip(*points, strict=True)
            axes.plot(sizes, costs, color=colour, marker=mark, markersize=4, linewidth=1.4, label=name)
        axes.set(xscale="log", yscale="log", xlabel="items", ylabel="ms a question (median, one core)")
        ticks = sorted({size for points in series.values() for size, _ in points})
        axes.set_xticks(ticks, [f"{size:,}" for size in ticks])
        axes.minorticks_off()
        axes.grid(True, color="#dddddd", linewidth=0.5)
        axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    return True
