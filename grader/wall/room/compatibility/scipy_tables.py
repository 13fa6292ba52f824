"""What older versions of SciPy spelled differently, as tables of data, as `tables.py` has the others.

Read it beside its release notes, "expired deprecations". Here stands what code in a course notebook uses; names that
SciPy took from NumPy, and its old modules, stand in `tables.py`.
"""

from __future__ import annotations

from typing import Final

from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that modules of it had
NAMES: Final = (
    *spellings(
        "SciPy 1.12",
        {
            "scipy.misc.derivative(func, x0, dx=1.0, n=1, args=(), order=3)": (
                "(func(x0 + dx) - func(x0 - dx)) / (2 * dx)",
                (
                    "{1: lambda a, b, c: (c - a) / (2 * dx), 2: lambda a, b, c: (a - 2 * b + c) / dx ** 2}[n]"
                    "(func(x0 - dx, *args), func(x0, *args), func(x0 + dx, *args))"
                ),
            ),
        },
    ),
    *spellings(
        "SciPy 1.15",
        {
            "scipy.integrate.romberg(func, a, b, args=(), **options)": "scipy.integrate.quad(func, a, b, args)[0]",
            "scipy.integrate.quadrature(func, a, b, args=(), **options)": "scipy.integrate.quad(func, a, b, args)",
        },
    ),
    *spellings(
        "SciPy 1.3",
        {
            f"scipy.misc.{name}": (today, f"grader.wall.room.compatibility.pictures.{name}")
            for name, today in {
                "imread": "np.asarray(PIL.Image.open(name))",
                "imsave": "PIL.Image.fromarray(picture).save(name)",
                "imresize": "PIL.Image.fromarray(picture).resize((width, height))",
                "imrotate": "PIL.Image.fromarray(picture).rotate(angle)",
                "toimage": "PIL.Image.fromarray(picture)",
                "bytescale": "np.uint8(255 * (a - a.min()) / (a.max() - a.min()) + 0.5)",
            }.items()
        },
    ),
    Spelling(
        "scipy.ndimage.imread",
        "np.asarray(PIL.Image.open(name))",
        "SciPy 1.2",
        "grader.wall.room.compatibility.pictures.imread",
    ),
    *spellings("SciPy 1.3", {"scipy.stats.itemfreq(a)": "np.array(np.unique(a, return_counts=True)).T"}),
    *spellings("SciPy 1.0", {"scipy.stats.chisqprob(x, df)": "scipy.stats.chi2.sf(x, df)"}),
    *spellings(
        "SciPy 1.14",
        {"scipy.randn(*shape)": "np.random.randn(*shape)", "scipy.rand(*shape)": "np.random.rand(*shape)"},
    ),
)

_SOLVERS: Final = ("cg", "cgs", "bicg", "bicgstab", "gmres", "lgmres", "minres", "qmr")

#: arguments that functions had, by the module and the function; in an expression, `value` is what was given
ARGUMENTS: Final = {
    ("scipy.linalg", "pinv"): tuple(spellings("SciPy 1.14", {"cond=": "rtol=", "rcond=": "rtol="})),
    ("scipy.linalg", "eigh"): (
        *spellings("SciPy 1.14", {"eigvals=": "subset_by_index="}),
        *spellings("SciPy 1.14", {"turbo=": ""}),
    ),
    ("scipy.linalg", "solve"): (Spelling("sym_pos=", "assume_a=", "SciPy 1.11", "'pos' if value else 'gen'"),),
    ("scipy.integrate", "simpson"): tuple(spellings("SciPy 1.14", {"even=": ""})),
    ("scipy.stats", "kendalltau"): tuple(spellings("SciPy 1.14", {"initial_lexsort=": ""})),
    **{("scipy.sparse.linalg", name): tuple(spellings("SciPy 1.14", {"tol=": "rtol="})) for name in _SOLVERS},
}
CONFIDENCE: Final = Spelling("norm.interval(alpha=0.95)", "norm.interval(confidence=0.95)", "SciPy 1.12")

#: what matrices with few entries had; `m` is the matrix
SPARSE_METHODS: Final = tuple(spellings("SciPy 1.14", {"m.A": "m.toarray()", "m.H": "m.conj().transpose()"}))

ONE_MODE: Final = Spelling("stats.mode(a)[0][0]", "stats.mode(a)[0]", "SciPy 1.11")
MODE_OF_TEXTS: Final = Spelling("stats.mode(texts)", "np.unique(texts, return_counts=True)", "SciPy 1.11")
ONE_START: Final = Spelling("minimize(f, np.zeros((n, 1)))", "minimize(f, np.zeros(n))", "SciPy 1.11")

ROWS: Final = (
    *(row for rows in ARGUMENTS.values() for row in rows),
    *(CONFIDENCE, *SPARSE_METHODS, ONE_MODE, MODE_OF_TEXTS, ONE_START),
)
