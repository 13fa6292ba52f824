"""What older versions of Matplotlib spelled differently, as tables of data, as `tables.py` has the others.

Read it beside Matplotlib's "API changes", the removals of 2.2 to 3.11. Here stands what code in a course notebook uses.
"""

from __future__ import annotations

from typing import Final

from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that modules of it had
NAMES: Final = (
    *spellings(
        "Matplotlib 3.9",
        {
            "matplotlib.cm.get_cmap": "plt.get_cmap",
            "matplotlib.cm.register_cmap(name=None, cmap=None, **options)": (
                "matplotlib.colormaps.register(cmap)",
                "matplotlib.colormaps.register(cmap or name, name=name if cmap else None, force=True)",
            ),
            "matplotlib.pyplot.register_cmap(name=None, cmap=None, **options)": (
                "matplotlib.colormaps.register(cmap)",
                "matplotlib.colormaps.register(cmap or name, name=name if cmap else None, force=True)",
            ),
        },
    ),
    *spellings("Matplotlib 3.6", {"matplotlib.cm.cmap_d": "matplotlib.colormaps"}),
    *spellings(
        "Matplotlib 3.11",
        {
            "plt.plot_date(x, y, fmt='o', tz=None, xdate=True, ydate=False, **options)": (
                "plt.plot(x, y, 'o')",
                (
                    "(xdate and plt.gca().xaxis_date(tz), ydate and plt.gca().yaxis_date(tz), "
                    "plt.plot(x, y, fmt, **options))[2]"
                ),
            )
        },
    ),
    *spellings(
        "Matplotlib 3.0",
        {
            "plt.hold(*on)": "None",
            "plt.over(function, *args, **options)": "function(*args, **options)",
            "plt.ishold()": "True",
            "plt.spectral()": "plt.nipy_spectral()",
            **{
                f"matplotlib.cm.{old}{back}": f"matplotlib.colormaps['{new}{back}']"
                for back in ("", "_r")
                for old, new in {
                    "spectral": "nipy_spectral",
                    "Vega10": "tab10",
                    "Vega20": "tab20",
                    "Vega20b": "tab20b",
                    "Vega20c": "tab20c",
                }.items()
            },
        },
    ),
    *spellings(
        "Matplotlib 3.1",
        {
            "matplotlib.mlab.frange(start, stop, step=1.0)": "np.arange(start, stop + step / 2, step)",
            "matplotlib.mlab.find(condition)": "np.nonzero(np.ravel(condition))[0]",
            "matplotlib.mlab.normpdf(x, mu, sigma)": "scipy.stats.norm.pdf(x, mu, sigma)",
            "matplotlib.mlab.movavg(x, n)": "np.convolve(x, np.ones(n) / n, mode='valid')",
            "matplotlib.mlab.rms_flat(a)": "np.sqrt(np.mean(np.abs(a) ** 2))",
            "matplotlib.mlab.l1norm(a)": "np.sum(np.abs(a))",
            "matplotlib.mlab.l2norm(a)": "np.sqrt(np.sum(np.abs(a) ** 2))",
            "matplotlib.mlab.dist(x, y)": "np.linalg.norm(np.subtract(x, y))",
            "matplotlib.mlab.bivariate_normal(X, Y, sigmax=1.0, sigmay=1.0, mux=0.0, muy=0.0, sigmaxy=0.0)": (
                "scipy.stats.multivariate_normal.pdf(np.dstack([X, Y]), mean, cov)",
                (
                    "scipy.stats.multivariate_normal([mux, muy], [[sigmax ** 2, sigmaxy], [sigmaxy, sigmay ** 2]])"
                    ".pdf(np.stack([X, Y], axis=-1))"
                ),
            ),
            "matplotlib.cbook.iterable": "np.iterable",
            "matplotlib.cbook.is_string_like(thing)": "isinstance(thing, str)",
            "matplotlib.cbook.is_numlike(thing)": "isinstance(thing, (int, float, complex, np.number))",
        },
    ),
)

#: modules that it had
MODULES: Final = tuple(
    spellings(
        "Matplotlib 3.9",
        {
            "mpl_toolkits.axes_grid": "mpl_toolkits.axes_grid1",
        },
    )
)

#: arguments that functions and methods had, by their names; in an expression, `value` is what was given
ARGUMENTS: Final = {
    ("grid",): tuple(spellings("Matplotlib 3.6", {"b=": "visible="})),
    ("hist", "hist2d"): tuple(spellings("Matplotlib 3.1", {"normed=": "density="})),
    ("boxplot", "bxp"): tuple(spellings("Matplotlib 3.11", {"labels=": "tick_labels="})),
    ("bar",): tuple(spellings("Matplotlib 2.2", {"left=": "x="})),
    ("barh",): tuple(spellings("Matplotlib 2.2", {"bottom=": "y="})),
    ("annotate",): tuple(spellings("Matplotlib 3.3", {"s=": "text="})),
    ("text", "figtext"): tuple(spellings("Matplotlib 3.3", {"withdash=": ""})),
    ("xlabel", "set_xlabel"): tuple(spellings("Matplotlib 3.3", {"s=": "xlabel="})),
    ("ylabel", "set_ylabel"): tuple(spellings("Matplotlib 3.3", {"s=": "ylabel="})),
    ("title", "set_title"): tuple(spellings("Matplotlib 3.3", {"s=": "label="})),
    ("suptitle",): tuple(spellings("Matplotlib 3.3", {"s=": "t="})),
    ("stem",): tuple(spellings("Matplotlib 3.8", {"use_line_collection=": ""})),
    ("scatter",): tuple(spellings("Matplotlib 3.5", {"verts=": ""})),
    ("imshow",): tuple(spellings("Matplotlib 3.5", {"shape=": "", "imlim=": ""})),
    ("contour", "contourf"): tuple(spellings("Matplotlib 3.5", {"filled=": ""})),
    ("savefig",): tuple(
        spellings(
            "Matplotlib 3.5", dict.fromkeys(("frameon=", "papertype=", "quality=", "optimize=", "progressive="), "")
        )
    ),
    ("tight_layout",): tuple(spellings("Matplotlib 3.6", {"renderer=": ""})),
    ("subplot", "subplot2grid", "axes", "add_subplot", "add_axes"): tuple(
        spellings("Matplotlib 2.2", {"axisbg=": "facecolor=", "axis_bgcolor=": "facecolor="})
    ),
    ("yscale", "xscale", "set_yscale", "set_xscale", "semilogx", "semilogy", "loglog"): (
        *spellings("Matplotlib 3.5", dict.fromkeys(("basex=", "basey="), "base=")),
        *spellings("Matplotlib 3.5", dict.fromkeys(("nonposx=", "nonposy=", "nonpos="), "nonpositive=")),
        *spellings("Matplotlib 3.5", dict.fromkeys(("subsx=", "subsy="), "subs=")),
        *spellings("Matplotlib 3.5", dict.fromkeys(("linthreshx=", "linthreshy="), "linthresh=")),
        *spellings("Matplotlib 3.5", dict.fromkeys(("linscalex=", "linscaley="), "linscale=")),
    ),
    ("errorbar", "fill_between"): tuple(spellings("Matplotlib 3.3", {"nonposx=": "", "nonposy=": ""})),
    ("thetagrids", "set_thetagrids"): tuple(spellings("Matplotlib 3.1", {"frac=": ""})),
    ("use",): tuple(spellings("Matplotlib 3.3", {"warn=": ""})),
}

#: arguments that were given without their names once: by the method, or by the class that is made
BY_POSITION: Final = {
    row.name: row
    for row in (
        *spellings("Matplotlib 3.6", {"plt.tight_layout(2)": "plt.tight_layout(pad=2)"}),
        *spellings(
            "Matplotlib 3.8",
            {
                "matplotlib.patches.Rectangle(xy, 2, 1, 30)": "matplotlib.patches.Rectangle(xy, 2, 1, angle=30)",
                "matplotlib.patches.Ellipse(xy, 2, 1, 30)": "matplotlib.patches.Ellipse(xy, 2, 1, angle=30)",
                "matplotlib.patches.RegularPolygon(xy, 5, 2)": "matplotlib.patches.RegularPolygon(xy, 5, radius=2)",
            },
        ),
    )
}

#: methods and properties that objects had, by the module and the class; the first name is the object
METHODS: Final = {
    ("matplotlib.axes", "Axes"): (
        *spellings(
            "Matplotlib 2.2",
            {
                "ax.set_axis_bgcolor(color)": "ax.set_facecolor(color)",
                "ax.get_axis_bgcolor()": "ax.get_facecolor()",
                "ax.set_color_cycle(colors)": "ax.set_prop_cycle(color=colors)",
            },
        ),
        *spellings("Matplotlib 3.0", {"ax.hold(*on)": "None", "ax.ishold()": "True"}),
        *spellings(
            "Matplotlib 3.6",
            {
                **{
                    f"ax.is_{which}()": f"ax.get_subplotspec().is_{which}()"
                    for which in ("first_row", "last_row", "first_col", "last_col")
                },
                "ax.rowNum": "ax.get_subplotspec().rowspan.start",
                "ax.colNum": "ax.get_subplotspec().colspan.start",
                "ax.get_geometry()": "(*ax.get_subplotspec().get_geometry()[:2], ax.get_subplotspec().num1 + 1)",
            },
        ),
        *spellings(
            "Matplotlib 3.11",
            {
                "ax.plot_date(x, y, fmt='o', tz=None, xdate=True, ydate=False, **options)": (
                    "ax.plot(x, y, 'o')",
                    "(xdate and ax.xaxis_date(tz), ydate and ax.yaxis_date(tz), ax.plot(x, y, fmt, **options))[2]",
                )
            },
        ),
    ),
    ("mpl_toolkits.mplot3d.axes3d", "Axes3D"): tuple(
        spellings("Matplotlib 3.8", {f"ax.w_{name}axis": f"ax.{name}axis" for name in "xyz"})
    ),
    ("matplotlib.axes", "Axes.ArtistList"): tuple(
        spellings(
            "Matplotlib 3.7",
            {
                "a.remove(artist)": "artist.remove()",
                "a.pop(at=-1)": ("a[at].remove()", "(lambda artist: (artist.remove(), artist)[1])(a[at])"),
                "a.clear()": ("for artist in a: artist.remove()", "[artist.remove() for artist in list(a)] and None"),
                "a.append(artist)": ("ax.add_artist(artist)", "a._axes.add_artist(artist) and None"),
            },
        )
    ),
    ("matplotlib.backend_bases", "FigureCanvasBase"): tuple(
        spellings(
            "Matplotlib 3.6",
            {
                "canvas.set_window_title(title)": (
                    "canvas.manager.set_window_title(title)",
                    "canvas.manager and canvas.manager.set_window_title(title)",
                )
            },
        )
    ),
    ("matplotlib.legend", "Legend"): (
        *spellings("Matplotlib 3.9", {"legend.legendHandles": "legend.legend_handles"}),
        *spellings(
            "Matplotlib 3.1", {"legend.draggable(state=True, **options)": "legend.set_draggable(state, **options)"}
        ),
    ),
    ("matplotlib.contour", "ContourSet"): (
        *spellings("Matplotlib 3.10", {"contours.collections": "[contours]"}),
        *spellings("Matplotlib 3.5", {"contours.ax": "contours.axes"}),
    ),
    ("matplotlib.axis", "Tick"): tuple(spellings("Matplotlib 3.8", {"tick.label": "tick.label1"})),
    ("matplotlib.colorbar", "Colorbar"): tuple(
        spellings(
            "Matplotlib 3.8",
            {
                "bar.set_clim(low, high)": "bar.mappable.set_clim(low, high)",
                "bar.get_clim()": "bar.mappable.get_clim()",
                "bar.set_cmap(cmap)": "bar.mappable.set_cmap(cmap)",
                "bar.draw_all()": "bar._draw_all()",
            },
        )
    ),
}

#: styles that bore the name of another library
STYLES: Final = {
    row.old.strip("'"): row
    for row in spellings(
        "Matplotlib 3.8",
        {
            f"'seaborn{which}'": f"'seaborn-v0_8{which}'"
            for which in (
                *("", "-bright", "-colorblind", "-dark", "-dark-palette", "-darkgrid", "-deep", "-muted", "-notebook"),
                *("-paper", "-pastel", "-poster", "-talk", "-ticks", "-white", "-whitegrid"),
            )
        },
    )
}

#: settings that are gone; what has nothing in its place had no effect on what is drawn
SETTINGS: Final = {
    row.old.strip("'"): row
    for row in (
        *spellings("Matplotlib 2.0", {"'axes.color_cycle'": "'axes.prop_cycle'", "'axes.hold'": ""}),
        *spellings(
            "Matplotlib 3.8",
            dict.fromkeys(
                (
                    *("'text.latex.unicode'", "'text.latex.preview'", "'savefig.frameon'", "'savefig.jpeg_quality'"),
                    *("'animation.avconv_path'", "'animation.html_args'", "'keymap.all_axes'", "'verbose.level'"),
                    *("'mathtext.fallback_to_cm'", "'pgf.debug'", "'svg.image_noscale'", "'nbagg.transparent'"),
                    *("'backend.qt4'", "'backend.qt5'", "'datapath'", "'examples.directory'"),
                ),
                "",
            ),
        ),
    )
}

OWN_AXES: Final = Spelling("fig.gca(projection='3d')", "fig.add_subplot(projection='3d')", "Matplotlib 3.7")
JOINS_FIGURE: Final = Spelling("Axes3D(fig)", "fig.add_subplot(projection='3d')", "Matplotlib 3.7")
ROOM_FOR_BAR: Final = Spelling("plt.colorbar(m)", "plt.colorbar(m, ax=plt.gca())", "Matplotlib 3.8")
ROTATION: Final = Spelling("rotation='45'", "rotation=45", "Matplotlib 3.4")
WINDOWS: Final = Spelling("matplotlib.use('TkAgg')", "matplotlib.use('agg')", "")

ROWS: Final = (
    *(row for rows in ARGUMENTS.values() for row in rows),
    *BY_POSITION.values(),
    *(row for rows in METHODS.values() for row in rows),
    *STYLES.values(),
    *SETTINGS.values(),
    *(OWN_AXES, JOINS_FIGURE, ROOM_FOR_BAR, ROTATION, WINDOWS),
)
