"""Packages that student code imports and needs, and that nobody installed here: ours to install, not a wrong answer.

A type hint, an unused branch or an import that nothing needs costs nothing and is not spoken of. A name that is almost
the one of a package is a slip of the student's, and so is a module that is missing within a package that is here.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from typing import Final

from grader.messages import Message, say
from grader.notebook.submission import Plan, foreign
from grader.notebook.submission.names import names_of
from grader.notebook.submission.scopes import imported_names
from grader.wall.protocol import Failure, StudentError
from grader.wall.room.compatibility.learning_tables import LOST_DATA
from grader.wall.room.preloaded import Libraries

MISSING_MODULE: Final = "ModuleNotFoundError"
MISSING_NAME: Final = "NameError"
#: how alike two names are of which one is a slip
ALIKE: Final = 0.8

#: what gets data from elsewhere, and what comes of that without a network
_FETCHES: Final = re.compile(r"\b(load_data|fetch_\w+|urlopen|urlretrieve|get_file|read_(?:csv|html|json|excel))\s*\(")
_UNREACHED: Final = ("URLError", "HTTPError", "gaierror", "ConnectionError", "ConnectionRefusedError")

_SAME_NAME: Final = """
altair arviz astropy autograd bokeh catboost category_encoders cupy cvxpy dask datasets deap dill docplex einops
equinox fastai flax folium gensim geopandas gpflow graphviz gym gymnasium h5py hmmlearn holoviews hyperopt imageio
imgaug ipympl ipywidgets jax jaxlib joblib keras_tuner librosa lightgbm lime lxml mlxtend mne mxnet networkx
nibabel nltk numba numexpr onnx openpyxl optax optuna pandas patsy pingouin plotly pmdarima polars prettytable
prophet pyarrow pydot pydotplus pygame pymc pyro pyspark pytorch_lightning ray requests scikeras scikitplot scipy
seaborn shap simplejson sklearnex spacy statsmodels streamlit sympy tables tabulate tensorboard tensorflow_addons
tensorflow_datasets tensorflow_hub tensorflow_probability theano torch torchaudio torchvision tqdm transformers
ujson umap wandb wordcloud xarray xgboost xlrd yellowbrick
"""
#: modules that course notebooks import, by the package that holds them
PACKAGES: Final[Mapping[str, str]] = {
    **{name: name for name in _SAME_NAME.split()},
    "Bio": "biopython",
    "PIL": "pillow",
    "cv2": "opencv-python",
    "keras.wrappers.scikit_learn": "scikeras",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "skopt": "scikit-optimize",
    "yaml": "pyyaml",
}


def lacking_libraries(libraries: Libraries) -> tuple[str, ...]:
    """The modules that the runtime of an assignment consists of and that are not installed here."""
    return tuple(name for name in libraries.needed if not _is_installed(name))


def lack_of(
    failures: Iterable[Failure], answers: Iterable[StudentError], missing: AbstractSet[str], plan: Plan
) -> Message | None:
    """What to say of a package, or of data from the network, that an answer failed for want of; None if none did.

    `answers` are the exceptions of answers, `missing` the names that these or needed statements lacked.
    """
    importing = (each.source for each in plan.statements if "import" in each.source)
    named = {module for source in importing for module in imported(source)}
    for error in answers:
        if error.type == MISSING_MODULE and error.missing in named and is_lacking(error.missing):
            return about(error.missing)
    for failure in failures:
        if not 0 <= failure.statement < len(plan.statements):
            continue
        module, source = failure.error.missing, plan.statements[failure.statement].source
        fetching = _fetching(failure.error, source)
        if fetching is not None and not _bound_in(source).isdisjoint(missing):
            return say("lacks_network", what=fetching)
        if failure.error.type != MISSING_MODULE or module is None:
            continue
        bound = _bound_by(source, module)
        if not bound.isdisjoint(missing) and is_lacking(module):
            return about(module)
    return None


def _bound_by(source: str, module: str) -> frozenset[str]:
    """The names that a statement binds by importing a module, or by calling what loads data that is lost."""
    bound = imported(source).get(module)
    if bound is None and module in LOST_DATA and module.rpartition(".")[2] in source:
        return _bound_in(source)
    return bound or frozenset()


def _bound_in(source: str) -> frozenset[str]:
    tree = foreign.tree(source)
    body = [] if isinstance(tree, foreign.Refused) else tree.body
    return frozenset(name for node in body for name in names_of(node).all_bound)


def _fetching(error: StudentError, source: str) -> str | None:
    """By what a statement fetches data, if it failed since there is no network where student code runs."""
    found = _FETCHES.search(source)
    return found[1] if found and (error.type in _UNREACHED or error.text.startswith("URL fetch failure")) else None


def is_lacking(module: str) -> bool:
    """Whether a module that was not found is of a package that is not installed here, or data that a library no longer
    has, rather than a slip."""
    if module in LOST_DATA:
        return True
    top = module.partition(".")[0]
    if module in PACKAGES or top in PACKAGES:
        return module in PACKAGES or not _is_installed(top)
    if not top.isidentifier() or _is_installed(top):
        return False
    return not difflib.get_close_matches(top, _known(), n=1, cutoff=ALIKE)


def about(module: str) -> Message:
    """What is missing, and what to do."""
    if module in LOST_DATA:
        return say("lacks_data", name=module.rpartition(".")[2])
    top = module.partition(".")[0]
    package = PACKAGES.get(module) or PACKAGES.get(top)
    if package is None:
        return say("lacks_module", module=top)
    return say("lacks_package", module=module if module in PACKAGES else top, package=package)


def _is_installed(top: str) -> bool:
    try:
        return find_spec(top) is not None
    except (ImportError, ValueError):
        return False


@cache
def _known() -> tuple[str, ...]:
    """The names of which others may be slips."""
    return tuple(sorted({*sys.stdlib_module_names, *packages_distributions(), *PACKAGES}))


def imported(source: str) -> dict[str, frozenset[str]]:
    """The modules that a statement imports, and those above each, with the names that it binds by that."""
    tree = foreign.tree(source)
    if isinstance(tree, foreign.Refused):
        return {}
    found: dict[str, frozenset[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                modules = [(alias.name, frozenset(imported_names([alias]))) for alias in aliases]
            case ast.ImportFrom(module=str(module), names=aliases, level=0):
                modules = [(f"{module}.{alias.name}", frozenset(imported_names([alias]))) for alias in aliases]
            case _:
                continue
        for module, names in modules:
            for above in _with_those_above(module):
                found[above] = found.get(above, frozenset()) | names
    return found


def _with_those_above(module: str) -> Iterable[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]
