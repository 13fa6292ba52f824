"""Spellings of older libraries, as the tables of `room/compatibility` have them: accepted, each with a notice."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterable

import pytest

from grader.limits import RoomLimits
from grader.messages import Message
from grader.wall.message_frames import MAX_NOTICES
from grader.wall.protocol import Leave, Opened, Returned
from grader.wall.room.compatibility import ONE_ELEMENT, tables
from grader.wall.room.compatibility.spelling import Spelling
from grader.wall.sandbox import Sandbox
from grader.wall.values import Value
from tests.english import all_spoken
from tests.rooms.jobs import LIMITS, calls, job

needs_tensorflow = pytest.mark.skipif(
    importlib.util.find_spec("tensorflow") is None, reason="TensorFlow is not installed"
)
SLOWLY = RoomLimits(cpu_seconds=60)
TRYING = """
failed = []
for statement in STATEMENTS:
    try:
        exec(statement, {})
    except Exception as error:
        failed.append(f"{statement}: {type(error).__name__}: {error}")
def f(_):
    return failed
"""


def ran(sandbox: Sandbox, *sources: str, limits: RoomLimits = LIMITS) -> tuple[Value, tuple[Message, ...]]:
    """What `f(0)` returns after these cells, and the notices."""
    with sandbox.room(limits) as room:
        went = room.open(job(*sources, limits=limits))
        assert isinstance(went, Opened)
        assert went.failures == ()
        (answer,) = room.ask(calls(0))
        left = room.leave()
    assert isinstance(answer, Returned)
    assert isinstance(left, Leave)
    return answer.value, left.notices


def unserved(sandbox: Sandbox, rows: Iterable[Spelling], statements: list[str], limits: RoomLimits) -> set[str]:
    """The spellings of these rows that a room neither serves with their notice, nor has of its library."""
    notices: set[Message] = set()
    most = MAX_NOTICES // 2  # a statement may be told twice, by its module and by its name
    for some in (statements[at : at + most] for at in range(0, len(statements), most)):
        failed, said = ran(sandbox, f"STATEMENTS = {some!r}", TRYING, limits=limits)
        assert failed == []
        notices.update(said)
    return {row.old for row in rows if row.notice not in notices and not _still_there(row)}


def _still_there(row: Spelling) -> bool:
    """Whether the library that is installed has what was lost in the newest that we know."""
    if row not in tables.MODULES:
        return row.name in vars(importlib.import_module(row.home))
    with contextlib.suppress(ImportError):
        return importlib.util.find_spec(row.full) is not None
    return False


def named(rows: Iterable[Spelling]) -> list[str]:
    """Statements that read each name."""
    return [f"import {row.home}\n{row.home}.{row.name}" for row in rows]


def of(*roots: str) -> list[Spelling]:
    """The rows of NAMES about these libraries."""
    return [row for row in tables.NAMES if row.full.split(".")[0] in roots and row.name != "*"]


def test_every_name_that_numpy_python_and_scipy_lost_is_served(sandbox: Sandbox) -> None:
    """Whatever stands in a table works, and is told."""
    numpy = [row for row in tables.NUMPY if row.name != "*"]
    rows = [*numpy, *of("scipy", "sklearn", "pandas", "matplotlib", "time", "fractions", "inspect", "tqdm")]
    assert unserved(sandbox, rows, named(rows), SLOWLY) == set()


def test_every_module_that_other_libraries_lost_is_served(sandbox: Sandbox) -> None:
    """An import of its old name is the module that has its contents now."""
    rows = [row for row in tables.MODULES if "Keras" not in row.since]
    assert unserved(sandbox, rows, [f"import {row.old}" for row in rows], SLOWLY) == set()


@needs_tensorflow
def test_every_name_and_module_that_keras_lost_is_served(tensorflow: Sandbox) -> None:
    """The same with Keras 3."""
    modules = [row for row in tables.MODULES if "Keras" in row.since]
    rows = [*of("keras", "tensorflow"), *modules]
    statements = [*named(of("keras", "tensorflow")), *(f"import {row.old}" for row in modules)]
    assert unserved(tensorflow, rows, statements, SLOWLY) == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x = [np.float(3), np.int(2.9), np.str(0)]", [3.0, 2, "0"], id="types"),
        pytest.param("x = [np.Inf, np.PINF, np.NINF]", [float("inf"), float("inf"), float("-inf")], id="infinities"),
        pytest.param("x = str(np.zeros(1, dtype=np.float_).dtype)", "float64", id="as a dtype"),
        pytest.param("x = isinstance(3, np.int)", True, id="in isinstance"),
        pytest.param("from numpy import product\nx = int(product([2, 3]))", 6, id="from an import"),
        pytest.param("from numpy.lib.function_base import flip\nx = flip([1, 2]).tolist()", [2, 1], id="a module"),
        pytest.param("from numpy import *\nx = [-Inf, float_(2).item()]", [float("-inf"), 2.0], id="from a star"),
        pytest.param("from pylab import *\nx = product([2, 3]).item()", 6, id="from the star of pylab"),
        pytest.param("import numpy.lib.shape_base as lib\nx = lib.tile([1], 2).tolist()", [1, 1], id="import as"),
        pytest.param("x = bool(np.alltrue([1, 0]) or np.sometrue([0, 0]))", False, id="alltrue"),
        pytest.param("x = float(np.trapz([0.0, 2.0]))", 1.0, id="trapz"),
        pytest.param("x = np.in1d([[1, 2]], [1]).tolist()", [True, False], id="in1d flattens"),
        pytest.param("x = np.asscalar(np.array([3]))", 3, id="asscalar"),
        pytest.param("x = np.asfarray([1, 2]).dtype.name", "float64", id="asfarray"),
        pytest.param("x = np.math.sqrt(4)", 2.0, id="np.math"),
        pytest.param("x = np.cast['float32']([1, 2]).dtype.name", "float32", id="np.cast by a name"),
        pytest.param("x = np.corrcoef([1, 2], [2, 4], bias=1).shape", (2, 2), id="corrcoef"),
        pytest.param("x = int(np.arange(4).ptp())", 3, id="a method of arrays"),
        pytest.param("a = np.zeros((2, 2))\na.itemset(1, 1, 7)\na.itemset(0, 3)\nx = int(a.sum())", 10, id="itemset"),
        pytest.param("x = float(np.sum(np.exp(i) for i in [0, 0]))", 2.0, id="sum of a generator"),
        pytest.param("x = np.vstack(np.ones(1) for _ in range(2)).shape", (2, 1), id="stack of a generator"),
        pytest.param("x = np.fromstring(np.arange(2).tobytes(), int).tolist()", [0, 1], id="fromstring of bytes"),
        pytest.param("x = np.warnings.simplefilter('ignore')", None, id="a module within NumPy"),
        pytest.param("x = np.array([1, 2], copy=False).tolist()", [1, 2], id="copy=False"),
        pytest.param("x = [len(row) for row in np.array([[1], [2, 3]])]", [1, 2], id="rows of unequal lengths"),
        pytest.param("x = np.asarray([np.ones(1), np.ones(2)]).dtype.name", "object", id="arrays of unequal lengths"),
        pytest.param("x = np.reshape([1, 2], newshape=(2, 1)).shape", (2, 1), id="newshape"),
        pytest.param("x = float(np.percentile([1, 2], 50, interpolation='lower'))", 1.0, id="interpolation"),
        pytest.param("from collections import Iterable\nx = isinstance([], Iterable)", True, id="collections"),
        pytest.param("from scipy.misc import logsumexp\nx = float(logsumexp([0.0]))", 0.0, id="scipy.misc"),
        pytest.param(
            "from scipy.misc import imread, imsave\nimsave('a.png', np.eye(2) * 3)\nx = imread('a.png').tolist()",
            [[255, 0], [0, 255]],
            id="pictures written and read by scipy.misc",
        ),
        pytest.param(
            "import scipy.misc as m\nx = [m.imresize(np.eye(4), size).shape for size in ((2, 3), 50, 2.0)]",
            [(2, 3), (2, 2), (8, 8)],
            id="pictures of scipy.misc",
        ),
        pytest.param("import scipy as sp\nx = sp.zeros(2).tolist()", [0.0, 0.0], id="scipy.zeros"),
        pytest.param("from tqdm.notebook import tqdm\nx = [each for each in tqdm([1])]", [1], id="tqdm.notebook"),
        pytest.param("from tqdm import tqdm_notebook as t\nx = [each for each in t([1])]", [1], id="tqdm_notebook"),
        pytest.param("from sklearn.externals import joblib\nx = callable(joblib.dump)", True, id="sklearn.externals"),
    ],
)
def test_an_older_spelling_does_what_it_did(sandbox: Sandbox, source: str, expected: Value) -> None:
    """Right code keeps its value; what was adapted is told."""
    value, notices = ran(sandbox, f"import numpy as np\n{source}\ndef f(_): return x")
    assert value == expected
    assert notices


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("a = np.zeros(1)\na[0] += np.array([5.0])\nx = a.tolist()", [5.0], id="added to an entry"),
        pytest.param(
            "a = np.zeros(2)\na[0], a[1] = np.ones(1), np.ones(1)\nx = a.tolist()", [1.0, 1.0], id="several entries"
        ),
        pytest.param("import math\nx = math.exp(np.zeros((1, 1)))", 1.0, id="a function of math"),
        pytest.param("from math import exp\nx = exp(np.zeros(1))", 1.0, id="imported from math"),
        pytest.param("x = '%.1f, %d' % (np.ones(1), np.ones(1, dtype=int))", "1.0, 1", id="filled into a text"),
        pytest.param("x = list(map(float, np.ones((2, 1))))", [1.0, 1.0], id="map of float"),
    ],
)
def test_a_one_element_array_is_a_number_wherever_it_was(sandbox: Sandbox, source: str, expected: Value) -> None:
    """What NumPy 2.4 refuses costs nothing."""
    assert ran(sandbox, f"import numpy as np\n{source}\ndef f(_): return x") == (expected, (ONE_ELEMENT,))


def test_max_behind_a_star_is_pythons_of_two_numbers_and_else_numpys(sandbox: Sandbox) -> None:
    """As it was before NumPy 1.25; `np.max` of two numbers stays the mistake that it is."""
    source = """
    def f(_):
        try:
            np.max(1.0, 2.0)
        except TypeError:
            return [max(1, 2.0), min(3, 2, 1), max([[1, 2]], 1).tolist(), int(max([1, 5], axis=0))]
    """
    value, notices = ran(sandbox, "import numpy as np", "from numpy import *", source)
    assert value == [2.0, 1, [2], 5]
    assert len(notices) == 2


@pytest.mark.parametrize("asked", ["[[1], [2, 3]], dtype=float", "[1, 2], ndmin=99"])
def test_uneven_rows_are_objects_only_where_no_type_is_asked_for(sandbox: Sandbox, asked: str) -> None:
    """What older NumPy refused is refused."""
    source = f"def f(_):\n try: np.array({asked})\n except ValueError: return 'no'"
    assert ran(sandbox, f"import numpy as np\n{source}") == ("no", ())


def test_a_name_of_the_notebooks_own_is_no_older_spelling(sandbox: Sandbox) -> None:
    """What NumPy once had under the name of a variable, a parameter or a function is none of its business."""
    source = "from numpy import *\nrank = 1\ndef product(cast): return cast\ndef f(_): return product(rank)"
    assert ran(sandbox, source) == (1, ())


def test_a_library_hears_the_truth(sandbox: Sandbox) -> None:
    """Code that is installed decides by what NumPy has, so it is served nothing, and nothing is noted."""
    asking = "exec(compile(\"has = hasattr(np, 'trapz')\", np.__file__, 'exec'))"
    assert ran(sandbox, f"import numpy as np, pandas, scipy.stats\n{asking}\ndef f(_): return has") == (False, ())


@pytest.mark.parametrize("name", ["np.nosuch", "np.linalg.Inf", "np._float"])
def test_what_never_was_is_not_served(sandbox: Sandbox, name: str) -> None:
    """Only what stands in a table is an older spelling."""
    value, notices = ran(sandbox, "import numpy as np", f"def f(_):\n try: {name}\n except AttributeError: return 'no'")
    assert (value, notices) == ("no", ())


OLD_MODELS = [
    pytest.param("Dense(3, batch_input_shape=(None, 4))", ("batch_input_shape=",), id="batch_input_shape"),
    pytest.param("Dense('3', input_dim=4)", ("Units were",), id="units as text"),
    pytest.param("Dense(np.float64(3), input_dim='4')", ("Units were",), id="units of another kind"),
    pytest.param("InputLayer(4), Dense(3)", ("An input shape",), id="InputLayer with a number"),
    pytest.param("InputLayer(batch_input_shape=(None, 4)), Dense(3)", ("batch_input_shape=",), id="InputLayer, batch"),
    pytest.param(
        "Dense(output_dim=3, init='uniform', W_regularizer='l2', bias=True, input_dim=4)",
        ("output_dim=", "init=", "W_regularizer=", "bias="),
        id="Keras 1",
    ),
    pytest.param("Dense(3, 'relu', input_dim=4), Dropout(p=0.5)", ("p=",), id="Dropout of Keras 1"),
    pytest.param("Dense(3, input_dim=4, weights=[np.ones((4, 3)), np.ones(3)])", ("weights=",), id="weights"),
]


@needs_tensorflow
def test_layers_take_the_arguments_of_keras_2_and_1(tensorflow: Sandbox) -> None:
    """The layer is the one that was meant, whatever its arguments were called."""
    imports = "import numpy as np\nfrom keras import Sequential\nfrom keras.layers import *"
    asked = ", ".join(f"lambda: Sequential([{case.values[0]}])" for case in OLD_MODELS)
    weights = "models[-1].get_weights()[0].tolist()"
    counting = f"models = [m() for m in [{asked}]]\ndef f(_): return [m.count_params() for m in models], {weights}"
    value, notices = ran(tensorflow, imports, counting, limits=SLOWLY)
    assert value == ([15] * len(OLD_MODELS), [[1.0] * 3] * 4)
    wanted = [word for case in OLD_MODELS for word in case.values[1]]  # type: ignore[union-attr]
    assert [word for word in wanted if not any(word in notice for notice in all_spoken(notices))] == []


@needs_tensorflow
@pytest.mark.parametrize(
    ("source", "sides"),
    [
        pytest.param("from keras.layers import Convolution2D as C\nlayer = C(2, 3, 5)", (3, 5), id="by its old name"),
        pytest.param("layer = keras.layers.Conv2D(2, 3, 5, border_mode='same')", (3, 5), id="by another argument"),
        pytest.param("keras.layers.Dense(output_dim=2)\nlayer = keras.layers.Conv2D(2, 3, 5)", (3, 5), id="by a layer"),
        pytest.param("layer = keras.layers.Conv2D(nb_filter=2, nb_row=3, nb_col=5)", (3, 5), id="by name"),
        pytest.param("layer = keras.layers.Conv2D(2, 3, 5)", (3, 3), id="a stride, where nothing is of Keras 1"),
    ],
)
def test_a_window_of_keras_1_had_two_sides(tensorflow: Sandbox, source: str, sides: tuple[int, int]) -> None:
    """In Keras 2 the third number is a stride, so that only what is certainly older means the window by it."""
    value, notices = ran(tensorflow, f"import keras\n{source}\ndef f(_): return layer.kernel_size", limits=SLOWLY)
    assert value == sides
    assert any("(8, (3, 3))" in notice for notice in all_spoken(notices)) == (sides == (3, 5))


@needs_tensorflow
def test_models_and_optimizers_take_the_calls_of_keras_2(tensorflow: Sandbox) -> None:
    """Training, saving and predicting as a notebook of that time did."""
    source = """
    import numpy as np, keras, tensorflow as tf
    from keras.optimizers import SGD
    from tensorflow.python.keras.layers.core import Dense
    X = np.ones((4, 3))
    model = keras.Sequential([Dense(2, input_shape=(3,))])
    model.compile(SGD(lr=0.1, decay=1e-6), 'kullback_leibler_divergence', metrics=['acc'])
    model.fit(X, np.ones((4, 2)), nb_epoch=1, verbose=0, workers=1)
    model.save('saved')
    loaded = keras.models.load_model('saved')
    loaded.compile(tf.keras.optimizers.legacy.Adam(0.1, epsilon=None), 'mse')
    loaded.save_weights('w.h5')
    loaded.load_weights('w.h5')
    def f(_): return loaded.predict_classes(X).shape
    """
    value, notices = ran(tensorflow, source, limits=SLOWLY)
    assert value == (4,)
    for word in ("`lr`", "decay=", "kullback", "nb_epoch=", "workers=", "legacy.Adam", "epsilon=", "predict_classes"):
        assert any(word in notice for notice in all_spoken(notices)), word


@needs_tensorflow
def test_a_model_is_made_of_what_was_its_input_and_output(tensorflow: Sandbox) -> None:
    """The arguments of Keras 1, and never those of a class of the student's own."""
    source = """
    import keras
    i = keras.Input((3,))
    model = keras.models.Model(input=i, output=keras.layers.Dense(2)(i))
    class Mine(keras.Model):
        def __init__(self, input, output):
            super().__init__()
            self.pair = [input, output]
    def f(_): return [model.count_params(), Mine(input=1, output=2).pair]
    """
    value, notices = ran(tensorflow, source, limits=SLOWLY)
    assert value == [8, [1, 2]]
    assert len(notices) == 2


@needs_tensorflow
def test_a_misspelt_layer_is_no_older_spelling(tensorflow: Sandbox) -> None:
    """A module that is served has what the library has, and no more."""
    source = "def f(_):\n try:\n  from keras.layers.core import Densee\n except ImportError: return 'no'"
    assert ran(tensorflow, source, limits=SLOWLY)[0] == "no"


OLD_CALLS = [
    ("tf.reduce_sum([[1., 2.]], 1, keep_dims=True)", [[3.0]], "keep_dims="),
    ("tf.math.reduce_max([[1., 2.]], reduction_indices=1)", [2.0], "reduction_indices="),
    ("tf.argmax([1., 2.], dimension=0)", 1, "dimension="),
    ("tf.squeeze([[1.]], squeeze_dims=[0])", [1.0], "squeeze_dims="),
    ("tf.nn.softmax([1., 1.], dim=-1)", [0.5, 0.5], "dim="),
    ("tf.nn.dropout(tf.ones(2), keep_prob=1.0)", [1.0, 1.0], "keep_prob="),
]


@needs_tensorflow
def test_functions_of_tensorflow_take_the_arguments_of_their_first_version(tensorflow: Sandbox) -> None:
    """The value is what it was; each old argument is told."""
    asked = ", ".join(f"({call}).numpy().tolist()" for call, *_ in OLD_CALLS)
    value, notices = ran(tensorflow, f"import tensorflow as tf\ndef f(_): return [{asked}]", limits=SLOWLY)
    assert value == [expected for _, expected, _ in OLD_CALLS]
    assert [word for *_, word in OLD_CALLS if not any(word in notice for notice in all_spoken(notices))] == []


@needs_tensorflow
def test_the_name_of_a_model_may_stand_where_keras_2_had_it(tensorflow: Sandbox) -> None:
    """The second argument of `Sequential` was its name."""
    source = """
    from keras import Sequential, layers
    class Mine(Sequential):
        def __init__(self, layers, title):
            super().__init__(layers, title)
    def f(_): return [kind([layers.Dense(2)], "mine").name for kind in (Sequential, Mine)]
    """
    value, notices = ran(tensorflow, source, limits=SLOWLY)
    assert value == ["mine", "mine"]
    assert len(notices) == 1


@needs_tensorflow
@pytest.mark.skipif(importlib.util.find_spec("tensorboard") is not None, reason="TensorBoard is installed")
def test_logs_that_nobody_reads_keep_no_model_from_being_trained(tensorflow: Sandbox) -> None:
    """Where the package that draws them is missing; what derives from it still does what it adds."""
    source = """
    import tensorflow as tf, numpy as np
    class Own(tf.keras.callbacks.TensorBoard):
        def on_epoch_end(self, epoch, logs=None):
            super().on_epoch_end(epoch, logs)
            tf.summary.scalar("loss", logs["loss"], step=epoch)
            ended.append(epoch)
    ended = []
    model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    logs = [tf.keras.callbacks.TensorBoard("logs", histogram_freq=1, write_grads=True), Own(log_dir="logs")]
    model.fit(np.ones((4, 2)), np.ones(4), epochs=2, verbose=0, callbacks=logs)
    def f(_): return ended
    """
    value, notices = ran(tensorflow, source, limits=SLOWLY)
    assert (value, [each.fields["old"] for each in notices]) == ([0, 1], ["TensorBoard(...)", "tf.summary.scalar(...)"])


@needs_tensorflow
def test_callbacks_take_what_they_took(tensorflow: Sandbox) -> None:
    """Files under any name, an accuracy that is best where it is most, arguments that are gone."""
    source = """
    import numpy as np
    from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
    from tensorflow.keras import Input, Sequential
    from tensorflow.keras.layers import Dense
    model = Sequential([Input((2,)), Dense(1)])
    model.compile("sgd", "mse", metrics=["acc"])
    watching = [EarlyStopping("acc"), ModelCheckpoint("best", "acc", period=1), ReduceLROnPlateau("loss", epsilon=0.1)]
    watching.append(ModelCheckpoint(filepath="w.hdf5", save_weights_only=True))
    model.fit(np.ones((4, 2)), np.ones(4), verbose=0, callbacks=watching)
    model.load_weights("w.hdf5")
    def f(_): return watching[0].mode
    """
    value, notices = ran(tensorflow, source, limits=SLOWLY)
    assert (value, len(notices)) == ("max", 4)


#: what Keras 3 refuses or no longer has, and what a notebook wrote; `m` is a model of two units on three columns
OF_KERAS_2 = [
    ("m.compile('sgd', 'mse', metrics='mae')\nx = m.evaluate(X, Y, verbose=0)[1]", 1.0, "metrics='accuracy'"),
    ("m.compile('sgd', 'mse', ['mae'])\nx = m.evaluate(X, Y, verbose=0)[1]", 1.0, "compile('sgd'"),
    ("m.compile('sgd', 'mse')\nx = m.predict([[0.0, 0.0, 0.0]], verbose=0).shape", (1, 2), "model.predict([1.0])"),
    ("m.compile('sgd', 'mse')\nm.fit([[0, 0, 0]] * 4, [[0, 0]] * 4, verbose=0)\nx = 1", 1, "model.predict([1.0])"),
    ("x = float(tf.keras.losses.mean_squared_error([1.0], [3.0]))", 4.0, "keras.losses.*"),
    ("x = tf.keras.losses.MeanSquaredError(reduction='auto')([[1.0]], [[3.0]]).numpy().item()", 4.0, "reduction="),
    ("a = tf.keras.metrics.Mean()\na.reset_states()\nx = 1", 1, "metric.reset_states()"),
    ("x = round(float(tf.train.AdamOptimizer().lr), 4)", 0.001, "optimizer.lr"),
    (
        "from keras.optimizers import adam\nx = round(float(adam(lr=0.5).learning_rate), 2)",
        0.5,
        "keras.optimizers.adam",
    ),
    ("x = m.layers[0].output_shape", (None, 2), "layer.output_shape"),
    ("x = keras.Model(inputs=m.input, outputs=m.layers[0].output).output_shape", (None, 2), "model.input"),
    ("from keras.regularizers import l2\nx = round(float(l2(l=0.5).l2), 2)", 0.5, "l="),
    (
        "i = keras.Input((3,))\nf = keras.Model(i, tf.nn.relu(i) + 1)\nx = f(-X[:1]).numpy().tolist()",
        [[1.0] * 3],
        "tf.nn",
    ),
    (
        "i = keras.Input((3,))\nf = keras.Model(i, tf.concat([i, i], axis=1))\nx = f.output_shape",
        (None, 6),
        "tf.nn",
    ),
    ("i = keras.Input((3,))\nx = len(keras.Model(i, tf.reduce_mean(i, axis=1)).layers)", 1, "tf.nn"),
    (
        "x = tf.nn.softmax_cross_entropy_with_logits_v2(labels=[[1.0]], logits=[[1.0]]).numpy().tolist()",
        [0.0],
        "tf.nn.*",
    ),
    (
        (
            "m.compile('sgd', 'mse')\nkept = keras.callbacks.ModelCheckpoint('best.hdf5', save_best_only=True)\n"
            "m.fit(X, Y, validation_split=0.5, callbacks=[kept], verbose=0)\n"
            "x = keras.models.load_model('best.hdf5').count_params()"
        ),
        8,
        "",
    ),
]


@needs_tensorflow
def test_what_keras_3_refuses_is_done_as_before(tensorflow: Sandbox) -> None:
    """Metrics and lists as people write them, functions of TensorFlow in a model, names that are gone."""
    given = (
        "X, Y = np.ones((4, 3)), np.ones((4, 2))\nkeras.utils.set_random_seed(1)\nm = keras.Sequential([D(2, 'linear', "
    )
    given += "kernel_initializer='zeros', input_shape=(3,))])"
    trying = f"""
    def value(source):
        names = {{'np': np, 'tf': tf, 'keras': keras, 'D': keras.layers.Dense}}
        try:
            exec({given!r} + chr(10) + source, names)
        except Exception as error:
            return f'{{type(error).__name__}}: {{error}}'
        return names['x']
    """
    imports = "import numpy as np, keras, tensorflow as tf"
    asking = f"def f(_): return [value(source) for source in {[source for source, _, _ in OF_KERAS_2]!r}]"
    found, notices = ran(tensorflow, imports, trying, asking, limits=SLOWLY)
    assert isinstance(found, list)
    wrong = [(source, got) for (source, wanted, _), got in zip(OF_KERAS_2, found, strict=True) if got != wanted]
    assert wrong == []
    said = [str(each.fields.get("old", "")) for each in notices]
    assert [word for _, _, word in OF_KERAS_2 if not any(word in old for old in said)] == []
