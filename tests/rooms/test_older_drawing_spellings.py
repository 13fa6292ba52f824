"""Spellings of older Matplotlib, as `compatibility/drawing_tables` has them: accepted, each with a notice."""

from __future__ import annotations

from grader.limits import RoomLimits
from grader.wall.sandbox import Sandbox
from tests.rooms.test_older_spellings import ran

LIMITS = RoomLimits(cpu_seconds=60)
TRYING = """
import matplotlib, numpy as np
import matplotlib.pyplot as plt
def value(source):
    plt.close('all')
    names = {'np': np, 'plt': plt, 'matplotlib': matplotlib}
    try:
        exec(source, names)
    except Exception as error:
        return f'{type(error).__name__}: {error}'
    return names['x']
"""
#: what is written, what `x` is then, and a part of what the notice names
DRAWN = [
    ("plt.style.use('seaborn-whitegrid')\nx = plt.rcParams['axes.grid']", True, "'seaborn-whitegrid'"),
    ("plt.style.use(['seaborn-white', 'seaborn-talk'])\nx = plt.rcParams['axes.grid']", False, "'seaborn-talk'"),
    ("with plt.style.context('seaborn-dark'):\n  x = plt.rcParams['axes.grid']", False, "'seaborn-dark'"),
    ("plt.grid(b=True)\nx = plt.gca().xaxis.get_gridlines()[0].get_visible()", True, "b="),
    ("ax = plt.gca()\nax.grid(b=False)\nx = ax.xaxis.get_gridlines()[0].get_visible()", False, "b="),
    ("from matplotlib.cm import get_cmap\nx = get_cmap('jet', 4).N", 4, "get_cmap"),
    ("x = plt.cm.get_cmap('viridis').name", "viridis", "get_cmap"),
    ("x = plt.cm.Vega10.name", "tab10", "Vega10"),
    ("x = float(sum(plt.hist([1, 2, 3, 3], bins=2, normed=True)[0]))", 1.0, "normed="),
    ("x = len(plt.boxplot([[1, 2], [3, 4]], labels=['a', 'b'])['boxes'])", 2, "labels="),
    ("x = len(plt.bar(left=[1, 2], height=[3, 4]))", 2, "left="),
    ("x = plt.annotate(s='a', xy=(0, 0)).get_text()", "a", "s="),
    ("plt.xlabel(s='a')\nx = plt.gca().get_xlabel()", "a", "s="),
    ("plt.yscale('log', nonposy='clip', basey=2)\nx = plt.gca().get_yscale()", "log", "nonposy="),
    ("x = plt.subplot(111, axisbg='r').get_facecolor()[0]", 1.0, "axisbg="),
    ("x = plt.gca().set_axis_bgcolor('r')", None, "ax.set_axis_bgcolor(color)"),
    ("ax = plt.subplot(111, projection='3d')\nax.set_axis_bgcolor('r')\nx = ax.w_xaxis is ax.xaxis", True, "w_xaxis"),
    ("fig = plt.figure()\nx = [fig.gca(projection='3d') is fig.gca(projection='3d'), len(fig.axes)]", [True, 1], "gca"),
    (
        "from mpl_toolkits.mplot3d import Axes3D\nfig = plt.figure()\nx = Axes3D(fig) in fig.axes",
        True,
        "Axes3D(fig)",
    ),
    ("plt.plot([1, 2])\nx = len(plt.legend(['a']).legendHandles)", 1, "legendHandles"),
    ("x = len(plt.contour([[1, 2], [3, 4]]).collections)", 1, "collections"),
    ("x = plt.gca().xaxis.get_major_ticks()[0].label.set_fontsize(3)", None, "tick.label"),
    ("x = plt.gcf().canvas.set_window_title('a')", None, "set_window_title"),
    ("x = plt.plot_date([1, 2], [3, 4])[0].get_marker()", "o", "plot_date"),
    ("line, = plt.plot([1])\nplt.gca().lines.remove(line)\nx = len(plt.gca().lines)", 0, "a.remove"),
    ("x = plt.colorbar(plt.cm.ScalarMappable(cmap='jet')).mappable.get_cmap().name", "jet", "plt.colorbar"),
    ("x = plt.xticks([0], ['a'], rotation='45')[1][0].get_rotation()", 45.0, "rotation='45'"),
    ("from matplotlib.patches import Ellipse\nx = Ellipse((0, 0), 2, 1, 30).angle", 30, "Ellipse(xy"),
    ("x = plt.tight_layout(2)", None, "tight_layout"),
    ("x = plt.hold(True)", None, "plt.hold"),
    ("x = matplotlib.use('TkAgg', warn=False)", None, "matplotlib.use('TkAgg')"),
    ("from matplotlib import mlab\nx = mlab.frange(0, 1, 0.5).tolist()", [0.0, 0.5, 1.0], "frange"),
    ("c = plt.contour([[1, 2], [3, 4]])\nx = c.ax is plt.gca()", True, "contours.ax"),
    (
        "plt.rcParams.update({'text.latex.unicode': True, 'font.size': 7})\nx = plt.rcParams['font.size']",
        7.0,
        "latex.unicode",
    ),
    ("plt.rcParams['axes.color_cycle'] = ['r', 'g']\nx = plt.plot([1])[0].get_color()", "r", "axes.color_cycle"),
    ("plt.rc('axes', color_cycle=['g'])\nx = plt.plot([1])[0].get_color()", "g", "axes.color_cycle"),
]


def test_what_matplotlib_took_once_draws_what_it_drew(sandbox: Sandbox) -> None:
    """Arguments, styles, methods and functions that are gone: in the figure is what was in it then."""
    sources = [source for source, _, _ in DRAWN]
    found, notices = ran(sandbox, TRYING, f"def f(_): return [value(each) for each in {sources!r}]", limits=LIMITS)
    assert isinstance(found, list)
    assert [(source, got) for (source, wanted, _), got in zip(DRAWN, found, strict=True) if got != wanted] == []
    said = [str(each.fields["old"]) for each in notices]
    assert [word for _, _, word in DRAWN if not any(word in old for old in said)] == []


def test_what_matplotlib_takes_today_is_drawn_without_a_word(sandbox: Sandbox) -> None:
    """Nobody is told of a spelling that is right, and a call that was always wrong stays refused."""
    right = (
        "plt.grid(True); plt.hist([1], density=True); fig = plt.figure(); fig.add_subplot(projection='3d'); "
        "plt.colorbar(plt.imshow([[1]])); x = len(fig.axes)"
    )
    wrong = "plt.hist([1], densty=True)"
    asking = f"def f(_): return [value({right!r}), value({wrong!r})[:14]]"
    assert ran(sandbox, TRYING, asking, limits=LIMITS) == ([2, "AttributeError"], ())


def test_the_star_of_pylab_brings_what_it_brought(sandbox: Sandbox) -> None:
    """`find` was among the names of pylab that nothing has any more."""
    value, notices = ran(sandbox, "from pylab import *", "def f(_): return find(array([0, 1, 1]) > 0).tolist()")
    assert (value, len(notices)) == ([1, 2], 1)
