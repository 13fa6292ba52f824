"""What calls of Python's and of well-known libraries do, as tables: which change their object or an argument, which set
a seed, draw random numbers, only show something, or are tests. What the notebook itself defines is for `effects`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence
from typing import Final


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: what a name stands for if nothing in the notebook binds it
WELL_KNOWN: Final = {
    "np": "numpy",
    "numpy": "numpy",
    "random": "random",
    "tf": "tensorflow",
    "tensorflow": "tensorflow",
    "keras": "keras",
    "layers": "keras.layers",
    "Model": "keras.Model",
    "Sequential": "keras.Sequential",
    "load_model": "keras.models.load_model",
    "plt": "matplotlib.pyplot",
    "pd": "pandas",
    "sns": "seaborn",
}

#: libraries whose `fit` is a training that takes as long as it is told to
DEEP: Final = _words("tensorflow keras tf_keras torch")
#: libraries whose objects and functions these tables know
KNOWN: Final = sys.stdlib_module_names | _words(
    "builtins numpy scipy sklearn pandas matplotlib seaborn plotly sympy h5py PIL IPython"
)
#: libraries that only draw pictures
DRAWING: Final = _words("matplotlib seaborn plotly IPython ipywidgets bokeh altair")
#: methods that train, or give out what is trained; of a network that is slow, and what an architecture is about does
#: not need it
TRAINING: Final = _words("fit fit_generator train_on_batch parameters")
#: methods whose result depends on what a network has learned
JUDGING: Final = _words("evaluate predict predict_classes predict_proba")
#: methods that change the object they are called of, or take something out of it
CHANGING: Final = _words(
    # lists, sets, dictionaries, queues, files, iterators
    "append extend insert remove pop clear sort reverse add discard update popitem setdefault difference_update",
    "intersection_update symmetric_difference_update appendleft extendleft popleft rotate write writelines read",
    "readline readlines seek put move_to_end subtract send register",
    # NumPy arrays and generators
    "fill resize itemset setflags partition byteswap seed set_state shuffle permutation normal uniform integers choice",
    "standard_normal randint randn rand random random_sample binomial poisson exponential multivariate_normal",
    # scikit-learn and its like
    "fit fit_transform fit_predict fit_resample partial_fit set_params",
    # Keras, TensorFlow, PyTorch
    "build compile set_weights load_weights adapt assign assign_add assign_sub apply_gradients load_state_dict step",
    "zero_grad backward minimize register_buffer register_parameter add_module add_weight reset_state reset_states",
)
#: methods that change a model without making another of it
SETTLING: Final = _words("build compile fit load_weights set_weights evaluate predict summary save")
#: methods that change what they are given as well
CHANGING_GIVEN: Final = _words("apply_gradients minimize train_step")
#: functions that change their first argument, by their last name; `at` as in np.add.at(a, i, 1)
CHANGING_FIRST: Final = _words(
    "shuffle fill_diagonal place put putmask copyto put_along_axis heappush heappop heapify heapreplace heappushpop",
    "insort insort_left insort_right setattr delattr next at",
)
#: methods that read what they are called of, which as statements of their own only show it
READING: Final = _words(
    "evaluate predict predict_proba score summary head tail info describe keys values items get count index copy mean",
    "std min max sum value_counts show plot hist boxplot savefig save save_weights to_csv to_excel to_json dump savez",
    "savetxt close flush join format get_config get_weights numpy tolist draw view legend",
)
#: what writes a file named in the same statement, by the last name
WRITING: Final = _words(
    "save save_weights savez savez_compressed savetxt to_csv to_json to_pickle dump write_text write_bytes tofile",
    "copyfile copy2 copytree extractall",
)
#: modules of which every function that is given the name of a file writes one
MOVING: Final = _words("shutil")
#: words in the name of a function or method that says it only shows something
_SHOWING: Final = re.compile(
    r"(?:^|_)(?:print|pprint|display|show|plot|draw|visuali[sz]e|imshow|scatter|hist|bar|legend|subplots?|axis|axes|grid|"
    r"x?y?label|title|suptitle|text|annotate|contourf?|figure|tight_layout|xlim|ylim|[xy]ticks|log|report|info|"
    r"summary|clear_output|help|input|sleep)(?:_|\d|$)",
    re.IGNORECASE,
)
#: words in the name of a function that says it is a test; `test` must stand as a word of the name
_TEST: Final = re.compile(r"(?:^|_)(?:tests?|check|assert|verify|validate|comparator|compare)(?:_|\d|$)", re.IGNORECASE)
#: words in the name of a function from elsewhere that says it changes what it is given
_FILLING: Final = re.compile(
    r"(?:^|_)(?:init\w*|fill|update|shuffle|sort|append|insert|set|reset|normali[sz]e|add|load|train|fit|step|clear|apply|"
    r"inject|change|modify|mutate|prepare|setup|populate|build|grow)(?:_|\d|$)",
    re.IGNORECASE,
)

#: where a library keeps its random state; a name no notebook can bind
NUMPY_STATE: Final = "<numpy.random>"
PYTHON_STATE: Final = "<random>"
TENSORFLOW_STATE: Final = "<tensorflow.random>"
TORCH_STATE: Final = "<torch.random>"
STATES: Final = frozenset({NUMPY_STATE, PYTHON_STATE, TENSORFLOW_STATE, TORCH_STATE})
_KERAS_STATES: Final = (PYTHON_STATE, NUMPY_STATE, TENSORFLOW_STATE)
#: states whose seeds were set by other names once: such a line may fail, and the draws are as good without
DOUBTFUL_STATES: Final = frozenset({TENSORFLOW_STATE, TORCH_STATE})
#: what sets a seed, and of which states
SEEDS: Final = {
    "numpy.random.seed": (NUMPY_STATE,),
    "numpy.random.set_state": (NUMPY_STATE,),
    "random.seed": (PYTHON_STATE,),
    "random.setstate": (PYTHON_STATE,),
    "tensorflow.random.set_seed": (TENSORFLOW_STATE,),
    "tensorflow.random.set_random_seed": (TENSORFLOW_STATE,),
    "tensorflow.set_random_seed": (TENSORFLOW_STATE,),
    "tensorflow.compat.v1.set_random_seed": (TENSORFLOW_STATE,),
    "tensorflow.keras.utils.set_random_seed": _KERAS_STATES,
    "keras.utils.set_random_seed": _KERAS_STATES,
    "tf_keras.utils.set_random_seed": _KERAS_STATES,
    "torch.manual_seed": (TORCH_STATE,),
}
#: what draws from a state as soon as it is called, by the beginning of its full name
DRAWS: Final = {"numpy.random.": NUMPY_STATE, "random.": PYTHON_STATE, "tensorflow.random.": TENSORFLOW_STATE}
#: what of that has a state of its own
_OWN_STATE: Final = frozenset({"default_rng", "RandomState", "Generator", "Random", "SeedSequence", "SystemRandom"})
#: libraries that draw from these states without saying so
DRAWS_SILENTLY: Final = {
    "sklearn": (NUMPY_STATE,),
    "scipy": (NUMPY_STATE,),
    "pandas": (NUMPY_STATE,),
    "tensorflow": _KERAS_STATES,
    "keras": _KERAS_STATES,
    "tf_keras": _KERAS_STATES,
    "torch": (TORCH_STATE,),
}
#: settings of a whole library, or of Python: they belong to all that uses it
SETTINGS: Final = re.compile(
    r"(?:sys\.setrecursionlimit|sys\.path\.\w+|os\.(?:chdir|mkdir|makedirs|putenv|environ\.(?:update|setdefault|pop))|numpy\.seterr|"
    r"(?:tensorflow\.)?keras\.(?:backend|config|mixed_precision|utils)\.(?:set|enable|disable)_\w+|"
    r"tensorflow\.config\.\w+|pandas\.set_option|torch\.set_\w+)"
)
#: settings that are there for all code, whatever it imports
FOR_ALL: Final = ("sys",)
#: settings that are there for all code that opens a file: the folder it is in
FOR_FILES: Final = "os"
#: what imports the module that it is given the name of, by the last name
IMPORTING: Final = _words("import_module __import__ run_module")
#: what reads a file, by the last name
_READING_FILES: Final = re.compile(r"open|run_path|load\w*|read_\w+|imread|genfromtxt|fromfile")
#: modes in which `open` writes
_WRITE_MODES: Final = frozenset({"w", "wb", "wt", "w+", "a", "ab", "a+", "x", "xb"})


def state_drawn_from(origin: str) -> str | None:
    """The state from which a function with that full name draws when it is called."""
    if origin in SEEDS or not _OWN_STATE.isdisjoint(origin.split(".")):
        return None
    return next((state for start, state in DRAWS.items() if origin.startswith(start)), None)


def writes_file(path: Sequence[str], arguments: Collection[str]) -> bool:
    """Whether a call of what has that path writes to a file; `arguments` are the texts among its own."""
    name = path[-1]
    return name in WRITING or path[0] in MOVING or (name == "open" and not _WRITE_MODES.isdisjoint(arguments))


def reads_file(name: str) -> bool:
    """Whether a call of that name reads a file."""
    return _READING_FILES.fullmatch(name) is not None


def only_shows(name: str) -> bool:
    """Whether a function or method of that name, as far as a name can tell, changes nothing."""
    return _SHOWING.search(name) is not None


def is_test(name: str) -> bool:
    """Whether a function of that name is a test."""
    return _TEST.search(name) is not None


def seems_to_fill(name: str) -> bool:
    """Whether a function whose text we do not see says by its name that it changes what it is given."""
    return _FILLING.search(name) is not None
