"""What older versions of the libraries spelled differently, as tables of data. Read it beside their release notes:

those of NumPy 1.20 to 2.4, "Expired deprecations", and its guide to NumPy 2; of Keras 2.0, and Keras 3's list of what
Keras 2 had; the guide to TensorFlow 2; of SciPy, scikit-learn and Python, "removed". Here stands what code in a course
notebook uses; those of pandas, scikit-learn, SciPy and Matplotlib stand in `data_tables.py`, `learning_tables.py`,
`scipy_tables.py`, `drawing_tables.py`. `assignments/README.md` tells it to people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from grader.wall.room.compatibility import data_tables, drawing_tables, learning_tables, scipy_tables
from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that NumPy had
NUMPY: Final = (
    *spellings(
        "NumPy 1.24",
        {
            "np.float": "float",
            "np.int": "int",
            "np.object": "object",
            "np.str": "str",
            "np.complex": "complex",
            "np.unicode": "str",
            "np.bool8": "np.bool_",
            "np.object0": "np.object_",
            "np.str0": "np.str_",
            "np.bytes0": "np.bytes_",
            "np.void0": "np.void",
            "np.int0": "np.intp",
            "np.uint0": "np.uintp",
            "np.typeDict": "np.sctypeDict",
        },
    ),
    *spellings(
        "NumPy 1.23",
        {
            "np.asscalar(a)": "a.item()",
            "np.alen(a)": "len(np.atleast_1d(a))",
            "np.rank(a)": "np.ndim(a)",
            "np.math": "math",
            "np.warnings": "warnings",
            "np.loads": "pickle.loads",
            "np.ndfromtxt(file, **options)": "np.genfromtxt(file, **options)",
            "np.mafromtxt(file, **options)": "np.genfromtxt(file, usemask=True, **options)",
        },
    ),
    *spellings(
        "NumPy 2.0",
        {
            "np.Inf": "np.inf",
            "np.Infinity": "np.inf",
            "np.infty": "np.inf",
            "np.PINF": "np.inf",
            "np.NINF": "-np.inf",
            "np.PZERO": "0.0",
            "np.NZERO": "-0.0",
            "np.NaN": "np.nan",
            "np.NAN": "np.nan",
            "np.float_": "np.float64",
            "np.complex_": "np.complex128",
            "np.cfloat": "np.complex128",
            "np.singlecomplex": "np.complex64",
            "np.longfloat": "np.longdouble",
            "np.longcomplex": "np.clongdouble",
            "np.clongfloat": "np.clongdouble",
            "np.string_": "np.bytes_",
            "np.unicode_": "np.str_",
            "np.product": "np.prod",
            "np.cumproduct": "np.cumprod",
            "np.sometrue": "np.any",
            "np.alltrue": "np.all",
            "np.round_": "np.round",
            "np.mat": "np.asmatrix",
            "np.msort(a)": "np.sort(a, axis=0)",
            "np.asfarray(a, dtype=float)": (
                "np.asarray(a, dtype=float)",
                "np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else float)",
            ),
            "np.find_common_type(array_types, scalar_types)": "np.result_type(*array_types, *scalar_types)",
            "np.cast": (
                "np.asarray(a, dtype)",
                (
                    "type('cast', (dict,), {'__missing__': lambda self, k: self[np.dtype(k).type]})"
                    "({np.dtype(k).type: (lambda a, k=k: np.asarray(a, k)) for k in np.typecodes['All']})"
                ),
            ),
            "np.issubclass_(a, b)": "isinstance(a, type) and issubclass(a, b)",
            "np.issubsctype(a, b)": "np.issubdtype(a, b)",
            "np.issctype(a)": "isinstance(a, np.dtype) or isinstance(a, type) and issubclass(a, np.generic)",
            "np.obj2sctype(a, default=None)": "np.dtype(a).type",
            "np.sctype2char(a)": "np.dtype(a).char",
            "np.maximum_sctype(a)": (
                "np.longdouble",
                (
                    "{'i': np.int64, 'u': np.uint64, 'f': np.longdouble, 'c': np.clongdouble}.get(np.dtype(a).kind, "
                    "np.dtype(a).type)"
                ),
            ),
            "np.sctypes": (
                "np.typecodes",
                (
                    "{'int': [np.int8, np.int16, np.int32, np.int64], 'uint': [np.uint8, np.uint16, np.uint32, "
                    "np.uint64], 'float': [np.float16, np.float32, np.float64, np.longdouble], "
                    "'complex': [np.complex64, np.complex128, np.clongdouble], "
                    "'others': [bool, object, bytes, str, np.void]}"
                ),
            ),
            "np.nbytes": (
                "np.dtype(...).itemsize",
                "{np.dtype(k).type: np.dtype(k).itemsize for k in np.typecodes['All']}",
            ),
            "np.safe_eval(source)": "ast.literal_eval(source)",
            "np.recfromcsv(file, **options)": "np.genfromtxt(file, delimiter=',', names=True, dtype=None, **options)",
            "np.recfromtxt(file, **options)": "np.genfromtxt(file, dtype=None, **options)",
            "np.fastCopyAndTranspose(a)": "a.T.copy()",
            "np.byte_bounds": "np.lib.array_utils.byte_bounds",
            "np.compare_chararrays": "np.char.compare_chararrays",
            "np.format_parser": "np.rec.format_parser",
            "np.DataSource": "np.lib.npyio.DataSource",
            "np.tracemalloc_domain": "np.lib.tracemalloc_domain",
            "np.add_docstring": "np.lib.add_docstring",
            "np.add_newdoc": "np.lib.add_newdoc",
            "np.source(object)": "print(inspect.getsource(object))",
            "np.lookfor(*what, **options)": "None",
            "np.who(*what)": "None",
            "np.set_string_function(f, repr=True)": "None",
            "np.deprecate(*what, **options)": "what[0] if what else (lambda function: function)",
            "np.deprecate_with_doc(text)": "(lambda function: function)",
            "np.VisibleDeprecationWarning": "np.exceptions.VisibleDeprecationWarning",
            "np.ComplexWarning": "np.exceptions.ComplexWarning",
            "np.RankWarning": "np.exceptions.RankWarning",
            "np.TooHardError": "np.exceptions.TooHardError",
            "np.AxisError": "np.exceptions.AxisError",
            "np.ModuleDeprecationWarning": "np.exceptions.ModuleDeprecationWarning",
            "np.lib.*": "np.*",
        },
    ),
    *spellings(
        "NumPy 2.4",
        {
            "np.trapz": "np.trapezoid",
            "np.in1d(ar1, ar2, *more, **options)": "np.isin(np.ravel(ar1), ar2, *more, **options)",
            "np.disp(text, device=None, linefeed=True)": "print(text, file=device, end=chr(10) if linefeed else '')",
            "np.row_stack": "np.vstack",
        },
    ),
)

#: methods that NumPy's arrays had; `a` is the array
ARRAY_METHODS: Final = (
    *spellings(
        "NumPy 2.0",
        {
            "a.ptp(*where, **options)": "np.ptp(a, *where, **options)",
            "a.itemset(*where)": (
                "a[i] = x",
                (
                    "a.__setitem__(where[:-1] if len(where) == a.ndim + 1 else where[0] if isinstance(where[0], tuple) "
                    "else np.unravel_index(where[0] if where[1:] else 0, a.shape), where[-1])"
                ),
            ),
            "a.newbyteorder(order='S')": "a.view(a.dtype.newbyteorder(order))",
        },
    ),
    *spellings("NumPy 2.3", {"a.tostring(order='C')": "a.tobytes(order)"}),
)

#: arguments that functions of NumPy had
NUMPY_ARGUMENTS: Final = {
    ("reshape",): tuple(spellings("NumPy 2.4", {"newshape=": "shape="})),
    ("percentile", "quantile", "nanpercentile", "nanquantile"): tuple(
        spellings("NumPy 2.4", {"interpolation=": "method="})
    ),
    ("histogram", "histogram2d", "histogramdd"): tuple(spellings("NumPy 1.24", {"normed=": "density="})),
    ("save", "savez"): tuple(spellings("NumPy 2.4", {"fix_imports=": ""})),
    ("corrcoef",): tuple(spellings("NumPy 2.4", {"bias=": "", "ddof=": ""})),
    ("array2string",): tuple(spellings("NumPy 2.4", {"style=": ""})),
}

#: functions that took a generator; what the list of its parts is given to
SUM_OF_GENERATOR: Final = Spelling("np.sum(x for x in a)", "sum(x for x in a)", "NumPy 2.4")
STACK_OF_GENERATOR: Final = Spelling("np.vstack(x for x in a)", "np.vstack([x for x in a])", "NumPy 1.24")
COPY_IF_NEEDED: Final = Spelling("np.array(a, copy=False)", "np.asarray(a)", "NumPy 2.0")
UNEVEN: Final = Spelling("np.array([[1], [2, 3]])", "np.array([[1], [2, 3]], dtype=object)", "NumPy 1.24")
FROM_BYTES: Final = Spelling("np.fromstring(a)", "np.frombuffer(a).copy()", "NumPy 2.3")

_KERAS_MODULES: Final = {
    "tensorflow.python.keras": "tensorflow.keras",
    "tensorflow.compat.v1.keras": "tensorflow.keras",
    "tensorflow.compat.v2.keras": "tensorflow.keras",
    "tensorflow.contrib": "tensorflow",
    "tensorflow_core": "tensorflow",
    "tensorflow_core.python": "tensorflow",
    "tf_keras": "keras",
    "keras.api": "keras",
    "keras.backend.tensorflow_backend": "keras.backend",
    "keras.engine": "keras",
    "keras.engine.input_layer": "keras.layers",
    "keras.engine.topology": "keras.layers",
    "keras.engine.base_layer": "keras.layers",
    "keras.layers.core": "keras.layers",
    "keras.layers.convolutional": "keras.layers",
    "keras.layers.pooling": "keras.layers",
    "keras.layers.normalization": "keras.layers",
    "keras.layers.normalization_v2": "keras.layers",
    "keras.layers.advanced_activations": "keras.layers",
    "keras.layers.activation": "keras.layers",
    "keras.layers.embeddings": "keras.layers",
    "keras.layers.merge": "keras.layers",
    "keras.layers.merging": "keras.layers",
    "keras.layers.noise": "keras.layers",
    "keras.layers.recurrent": "keras.layers",
    "keras.layers.recurrent_v2": "keras.layers",
    "keras.layers.rnn": "keras.layers",
    "keras.layers.regularization": "keras.layers",
    "keras.layers.reshaping": "keras.layers",
    "keras.layers.attention": "keras.layers",
    "keras.layers.dense": "keras.layers",
    "keras.layers.wrappers": "keras.layers",
    "keras.layers.local": "keras.layers",
    "keras.layers.cudnn_recurrent": "keras.layers",
    "keras.layers.convolutional_recurrent": "keras.layers",
    "keras.layers.preprocessing": "keras.layers",
    "keras.layers.experimental": "keras.layers",
    "keras.layers.experimental.preprocessing": "keras.layers",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.utils.visualize_util": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.layer_utils": "keras.utils",
    "keras.utils.io_utils": "keras.utils",
    "keras.utils.image_utils": "keras.utils",
    "keras.utils.tf_utils": "keras.utils",
    "keras.utils.training_utils": "keras.utils",
    "keras.preprocessing.text": "tensorflow.keras.preprocessing.text",
    "keras.preprocessing.image_dataset": "keras.utils",
    "keras.optimizers.adam": "keras.optimizers",
    "keras.optimizers.sgd": "keras.optimizers",
    "keras.optimizers.rmsprop": "keras.optimizers",
    "keras.optimizers.adam_v2": "keras.optimizers",
    "keras.optimizers.gradient_descent_v2": "keras.optimizers",
    "keras.optimizers.rmsprop_v2": "keras.optimizers",
    "keras.optimizers.adagrad_v2": "keras.optimizers",
    "keras.optimizers.adadelta_v2": "keras.optimizers",
    "keras.optimizers.adamax_v2": "keras.optimizers",
    "keras.optimizers.nadam_v2": "keras.optimizers",
    "keras.optimizers.optimizer_v2": "keras.optimizers",
    "keras.optimizers.optimizer_experimental": "keras.optimizers",
    "keras.optimizers.experimental": "keras.optimizers",
    "keras.optimizer_v2": "keras.optimizers",
    "keras.optimizer_v1": "keras.optimizers",
    "keras.objectives": "keras.losses",
    "keras.initializations": "keras.initializers",
    "keras.initializers.initializers_v2": "keras.initializers",
    "keras.initializers.initializers_v1": "keras.initializers",
    "keras.callbacks.callbacks": "keras.callbacks",
    "keras.saving.save": "keras.models",
    "keras.saving.model_config": "keras.models",
}

#: modules that are gone, or that no longer are what a lab means; each stands for what lies below it as well
MODULES: Final = (
    *spellings("Keras 3", _KERAS_MODULES),
    *spellings(
        "NumPy 2.0",
        {
            **{f"numpy.lib.{name}": "numpy" for name in ("function_base", "shape_base", "arraysetops", "index_tricks")},
            **{f"numpy.lib.{name}": "numpy" for name in ("twodim_base", "type_check", "ufunclike", "nanfunctions")},
            **{f"numpy.lib.{name}": "numpy" for name in ("polynomial", "histograms", "arraypad", "utils")},
            "numpy.core": "numpy",
            "numpy.linalg.linalg": "numpy.linalg",
            "numpy.dual": "numpy.linalg",
            "numpy.fft.fftpack": "numpy.fft",
            "numpy.fft.pocketfft": "numpy.fft",
            "numpy.fft.helper": "numpy.fft",
            "numpy.testing.utils": "numpy.testing",
        },
    ),
    *spellings(
        "SciPy 2.0",
        {
            "scipy.special.basic": "scipy.special",
            "scipy.special.orthogonal": "scipy.special",
        },
    ),
    *spellings(
        "scikit-learn 0.24",
        {
            "sklearn.externals.joblib": "joblib",
            "sklearn.externals.six": "six",
            "sklearn.cross_validation": "sklearn.model_selection",
            "sklearn.grid_search": "sklearn.model_selection",
            "sklearn.learning_curve": "sklearn.model_selection",
            "sklearn.datasets.samples_generator": "sklearn.datasets",
            "sklearn.datasets.base": "sklearn.datasets",
            "sklearn.linear_model.base": "sklearn.linear_model",
            "sklearn.linear_model.logistic": "sklearn.linear_model",
            "sklearn.metrics.classification": "sklearn.metrics",
            "sklearn.metrics.regression": "sklearn.metrics",
            "sklearn.metrics.ranking": "sklearn.metrics",
            "sklearn.neural_network.multilayer_perceptron": "sklearn.neural_network",
            "sklearn.preprocessing.data": "sklearn.preprocessing",
            "sklearn.preprocessing.label": "sklearn.preprocessing",
            "sklearn.utils.testing": "sklearn.utils",
        },
    ),
    *data_tables.MODULES,
    *learning_tables.MODULES,
    *drawing_tables.MODULES,
    *spellings("Python 3.12", {"imp": "importlib"}),
    *spellings("", {"tqdm.notebook": "tqdm", "tqdm.autonotebook": "tqdm"}),
)

#: what exists, but makes objects that are none of the lab's library, or draws widgets where nobody looks
REPLACED: Final = ("tensorflow.python.keras", "tf_keras", "tqdm.notebook", "tqdm.autonotebook")
#: `Convolution2D` is there, and tells that three numbers are meant as Keras 1 took them
REPLACED_NAMES: Final = ("tqdm.tqdm_notebook", "tqdm.tnrange", "keras.layers.Convolution2D")
#: what Keras has under the names of older optimizers, only to refuse them
REFUSALS: Final = ("LegacyOptimizerWarning",)

_OPTIMIZERS: Final = ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")

CONVOLUTION: Final = Spelling("keras.layers.Convolution2D", "keras.layers.Conv2D", "Keras 2")

#: names that other modules had
NAMES: Final = (
    CONVOLUTION,
    *spellings(
        "Keras 3",
        {
            **{f"keras.optimizers.legacy.{name}": f"keras.optimizers.{name}" for name in _OPTIMIZERS},
            **{f"keras.optimizers.{name.lower()}": f"keras.optimizers.{name}" for name in _OPTIMIZERS},
            "keras.layers.CuDNNLSTM": "keras.layers.LSTM",
            "keras.layers.CuDNNGRU": "keras.layers.GRU",
            "keras.layers.BatchNormalizationV1": "keras.layers.BatchNormalization",
            "keras.layers.BatchNormalizationV2": "keras.layers.BatchNormalization",
            "keras.layers.SyncBatchNormalization": "keras.layers.BatchNormalization",
            "keras.layers.Deconvolution2D": "keras.layers.Conv2DTranspose",
            "keras.constraints.maxnorm": "keras.constraints.MaxNorm",
            "keras.constraints.nonneg": "keras.constraints.NonNeg",
            "keras.constraints.unitnorm": "keras.constraints.UnitNorm",
            "keras.regularizers.l1l2": "keras.regularizers.L1L2",
            "keras.initializers.normal": "keras.initializers.RandomNormal",
            "keras.initializers.uniform": "keras.initializers.RandomUniform",
            "keras.initializers.zero": "keras.initializers.Zeros",
            "keras.initializers.one": "keras.initializers.Ones",
            "keras.losses.kullback_leibler_divergence": "keras.losses.kl_divergence",
            "keras.losses.logcosh": "keras.losses.log_cosh",
            "keras.losses.cosine_proximity": "keras.losses.cosine_similarity",
            "keras.losses.cosine": "keras.losses.cosine_similarity",
            "keras.losses.huber_loss": "keras.losses.huber",
            "keras.metrics.kullback_leibler_divergence": "keras.losses.kl_divergence",
            "keras.metrics.logcosh": "keras.losses.log_cosh",
            "keras.metrics.cosine_proximity": "keras.losses.cosine_similarity",
            "keras.utils.plot": "keras.utils.plot_model",
            "keras.backend.set_image_dim_ordering(order)": "keras.config.set_image_data_format("
            "{'tf': 'channels_last', 'th': 'channels_first'}.get(order, order))",
            "keras.backend.set_learning_phase(value)": "None",
            "keras.backend.*": "tensorflow.keras.backend.*",
            **{
                f"keras.{name}.*": (
                    f"tensorflow.keras.{name}.*",
                    f"tensorflow.keras.{name}.* or keras.{name}.* or tensorflow.compat.v1.{name}.*",
                )
                for name in ("losses", "metrics")
            },
            "keras.layers.xavier_initializer(**options)": "keras.initializers.GlorotUniform()",
            "keras.layers.*": "tensorflow.keras.layers.*",
            "keras.preprocessing.*": "tensorflow.keras.preprocessing.*",
            "keras.preprocessing.image.*": "tensorflow.keras.preprocessing.image.*",
            "keras.preprocessing.sequence.*": "tensorflow.keras.preprocessing.sequence.*",
        },
    ),
    *spellings(
        "TensorFlow 2",
        {
            "tf.set_random_seed": "tf.random.set_seed",
            "tf.random.set_random_seed": "tf.random.set_seed",
            "tf.train.AdamOptimizer": "tf.keras.optimizers.Adam",
            "tf.train.GradientDescentOptimizer": "tf.keras.optimizers.SGD",
            "tf.train.RMSPropOptimizer": "tf.keras.optimizers.RMSprop",
            "tf.train.AdagradOptimizer": "tf.keras.optimizers.Adagrad",
            "tf.enable_eager_execution()": "None",
            "tf.layers": "tf.keras.layers",
            **{f"tf.{name}.*": f"tf.compat.v1.{name}.*" for name in ("image", "nn", "train")},
            "tf.*": "tf.compat.v1.*",
        },
    ),
    *scipy_tables.NAMES,
    *spellings(
        "SciPy 1.14",
        {
            "scipy.integrate.trapz": "scipy.integrate.trapezoid",
            "scipy.integrate.simps": "scipy.integrate.simpson",
            "scipy.integrate.cumtrapz": "scipy.integrate.cumulative_trapezoid",
            "scipy.stats.median_absolute_deviation": "scipy.stats.median_abs_deviation",
            "scipy.stats.binom_test(x, n=None, p=0.5)": "scipy.stats.binomtest(x, n, p).pvalue",
            "scipy.linalg.pinv2": "scipy.linalg.pinv",
            "scipy.linalg.*": "np.*",
            "scipy.signal.*": "scipy.signal.windows.*",
            "scipy.*": "np.*",
            "scipy.misc.*": "scipy.special.*",
        },
    ),
    *spellings(
        "scikit-learn 0.22",
        {
            "sklearn.metrics.calinski_harabaz_score": "sklearn.metrics.calinski_harabasz_score",
        },
    ),
    *data_tables.NAMES,
    *learning_tables.NAMES,
    *drawing_tables.NAMES,
    *spellings("Python 3.10", {"collections.*": "collections.abc.*"}),
    *spellings("", {"tqdm.tqdm_notebook": "tqdm.tqdm", "tqdm.tnrange": "tqdm.trange"}),
    *spellings(
        "Python 3.8",
        {
            "time.clock": "time.perf_counter",
            "fractions.gcd": "math.gcd",
            "inspect.getargspec": "inspect.getfullargspec",
        },
    ),
)

_KERAS_1: Final[dict[str, str | tuple[str, str]]] = {
    "output_dim=": "units=",
    "nb_filter=": "filters=",
    "filter_length=": "kernel_size=",
    "border_mode=": "padding=",
    "subsample=": "strides=",
    "subsample_length=": "strides=",
    "stride=": "strides=",
    "pool_length=": "pool_size=",
    "dim_ordering=": ("data_format=", "{'tf': 'channels_last', 'th': 'channels_first'}.get(value, value)"),
    "bias=": "use_bias=",
    "p=": "rate=",
    "sigma=": "stddev=",
    "init=": "kernel_initializer=",
    "inner_init=": "recurrent_initializer=",
    "inner_activation=": "recurrent_activation=",
    "W_regularizer=": "kernel_regularizer=",
    "U_regularizer=": "recurrent_regularizer=",
    "b_regularizer=": "bias_regularizer=",
    "W_constraint=": "kernel_constraint=",
    "U_constraint=": "recurrent_constraint=",
    "b_constraint=": "bias_constraint=",
    "dropout_W=": "dropout=",
    "dropout_U=": "recurrent_dropout=",
    "beta_init=": "beta_initializer=",
    "gamma_init=": "gamma_initializer=",
}

#: arguments of layers; one is renamed where the layer has no argument of the old name, and one of the new
LAYER_ARGUMENTS: Final = (
    *spellings("Keras 2", _KERAS_1),
    *spellings("Keras 2", {"init=": "embeddings_initializer="}),
    *spellings("Keras 2", dict.fromkeys(("mode=", "consume_less=", "input_dtype="), "")),
    *spellings(
        "Keras 3",
        {
            "batch_input_shape=": "input_shape=",
            "weights=": "kernel_initializer=",
            **dict.fromkeys(("batch_size=", "renorm=", "renorm_clipping=", "renorm_momentum=", "fused="), ""),
            **dict.fromkeys(("virtual_batch_size=", "adjustment=", "time_major="), ""),
            "input_length=": "",
        },
    ),
)

#: a window given as two numbers, where anything else in the notebook is of Keras 1 as well: the second was no stride
WINDOW: Final = Spelling("Conv2D(8, 3, 3)", "Conv2D(8, (3, 3))", "Keras 2")

#: arguments of optimizers
OPTIMIZER_ARGUMENTS: Final = (
    *spellings("Keras 3", {"decay=": "learning_rate=InverseTimeDecay(...)", "schedule_decay=": ""}),
    *spellings("TensorFlow 2", {"use_locking=": ""}),
    Spelling("epsilon=None", "epsilon=1e-7", "Keras 3"),
)

#: arguments of penalties, by the class
REGULARIZER_ARGUMENTS: Final = {name: Spelling("l=", f"{name.lower()}=", "Keras 3") for name in ("L1", "L2")}

#: arguments with which a model is made
MODEL_ARGUMENTS: Final = tuple(spellings("Keras 2", {"input=": "inputs=", "output=": "outputs="}))

#: arguments of a model's methods
METHOD_ARGUMENTS: Final = {
    "fit": (
        *spellings("Keras 2", {"nb_epoch=": "epochs=", "show_accuracy=": ""}),
        *spellings("Keras 3", {"workers=": "", "use_multiprocessing=": "", "max_queue_size=": ""}),
    ),
    "evaluate": tuple(spellings("Keras 3", {"workers=": "", "use_multiprocessing=": "", "max_queue_size=": ""})),
    "predict": tuple(spellings("Keras 3", {"workers=": "", "use_multiprocessing=": "", "max_queue_size=": ""})),
    "save_weights": tuple(spellings("Keras 3", {"save_format=": "", "options=": ""})),
    "compile": (
        *spellings("Keras 2", {"class_mode=": ""}),
        *spellings("Keras 3", {"sample_weight_mode=": "", "target_tensors=": "", "experimental_run_tf_function=": ""}),
    ),
}

#: methods that models had
MODEL_METHODS: Final = tuple(
    spellings(
        "Keras 3",
        {
            "model.predict_proba(x, batch_size=None, verbose=0)": "model.predict(x, batch_size, verbose)",
            "model.predict_classes(x, batch_size=None, verbose=0)": (
                "np.argmax(model.predict(x), axis=-1)",
                (
                    "(lambda p: np.argmax(p, axis=-1) if p.shape[-1] > 1 else (p > 0.5).astype('int32'))("
                    "model.predict(x, batch_size, verbose))"
                ),
            ),
            "model.fit_generator(generator, *more, **options)": (
                "model.fit(generator)",
                "model.fit(generator, **dict(zip(('steps_per_epoch', 'epochs', 'verbose'), more)), **options)",
            ),
            "model.reset_states()": (
                "for layer in model.layers: layer.reset_state()",
                "[each.reset_state() for each in model.layers if hasattr(each, 'reset_state')] and None",
            ),
            "model.evaluate_generator(generator, steps=None, **options)": (
                "model.evaluate(generator)",
                "model.evaluate(generator, steps=steps, **options)",
            ),
            "model.predict_generator(generator, steps=None, **options)": (
                "model.predict(generator)",
                "model.predict(generator, steps=steps, **options)",
            ),
        },
    )
)

#: what objects of Keras had, by the module and the class; the first name is the object
KERAS_METHODS: Final = {
    ("layers", "Layer"): tuple(
        spellings(
            "Keras 3",
            {"layer.output_shape": "tuple(layer.output.shape)", "layer.input_shape": "tuple(layer.input.shape)"},
        )
    ),
    ("layers", "RNN"): tuple(spellings("Keras 3", {"layer.reset_states()": "layer.reset_state()"})),
    ("metrics", "Metric"): tuple(spellings("Keras 3", {"metric.reset_states()": "metric.reset_state()"})),
    ("models", "Sequential"): tuple(
        spellings("Keras 3", {"model.input": "model.inputs[0]", "model.output": "model.outputs[0]"})
    ),
    ("optimizers", "Optimizer"): tuple(spellings("Keras 3", {"optimizer.lr": "optimizer.learning_rate"})),
}
METRICS_ALONE: Final = Spelling("metrics='accuracy'", "metrics=['accuracy']", "Keras 3")
METRICS_THIRD: Final = Spelling("compile('sgd', 'mse', ['acc'])", "compile('sgd', 'mse', metrics=['acc'])", "Keras 3")
PLAIN_LISTS: Final = Spelling("model.predict([1.0])", "model.predict(np.array([1.0]))", "Keras 3")
AUTO_REDUCTION: Final = Spelling("reduction='auto'", "", "Keras 3")
SYMBOLIC: Final = Spelling("tf.nn.relu(x)", "keras.layers.Lambda(tf.nn.relu)(x)", "Keras 3")

#: arguments of functions of Keras
FUNCTION_ARGUMENTS: Final = {
    "to_categorical": (*spellings("Keras 2", {"nb_classes=": "num_classes="}), *spellings("Keras 3", {"dtype=": ""})),
}

#: arguments of what is called back while a model is trained
CALLBACK_ARGUMENTS: Final = (
    *spellings("Keras 3", {"period=": "", "load_weights_on_restart=": ""}),
    *spellings("Keras 2", {"epsilon=": "min_delta="}),
)
BEST_IS_MOST: Final = Spelling("monitor='val_acc'", "monitor='val_acc', mode='max'", "Keras 3")
LOGS: Final = Spelling("TensorBoard(...)", "keras.callbacks.Callback()", "")
SUMMARIES: Final = Spelling("tf.summary.scalar(...)", "None", "")

#: functions of TensorFlow that add up, and the like
_REDUCING: Final = tuple(
    f"reduce_{name}"
    for name in ("sum", "mean", "max", "min", "prod", "all", "any", "logsumexp", "euclidean_norm", "std", "variance")
)

#: arguments that functions of TensorFlow had
TENSORFLOW_ARGUMENTS: Final = {
    (*_REDUCING, "count_nonzero"): tuple(
        spellings("TensorFlow 2", {"keep_dims=": "keepdims=", "reduction_indices=": "axis="})
    ),
    ("count_nonzero",): tuple(spellings("TensorFlow 2", {"input_tensor=": "input="})),
    ("norm", "moments"): tuple(spellings("TensorFlow 2", {"keep_dims=": "keepdims="})),
    ("argmax", "argmin"): tuple(spellings("TensorFlow 2", {"dimension=": "axis="})),
    ("squeeze",): tuple(spellings("TensorFlow 2", {"squeeze_dims=": "axis="})),
    ("expand_dims", "softmax", "log_softmax", "softmax_cross_entropy_with_logits"): tuple(
        spellings("TensorFlow 2", {"dim=": "axis="})
    ),
    ("concat",): tuple(spellings("TensorFlow 1", {"concat_dim=": "axis="})),
    ("split",): tuple(spellings("TensorFlow 1", {"split_dim=": "axis="})),
    ("dropout",): (Spelling("keep_prob=", "rate=", "TensorFlow 2", "1 - value"),),
    ("conv2d", "conv1d"): tuple(spellings("TensorFlow 2", {"filter=": "filters="})),
    ("max_pool", "avg_pool", "conv1d"): tuple(spellings("TensorFlow 2", {"value=": "input="})),
    ("zeros_like", "ones_like"): tuple(spellings("TensorFlow 2", {"tensor=": "input="})),
    ("convert_to_tensor",): tuple(spellings("TensorFlow 2", {"preferred_dtype=": "dtype_hint="})),
    ("one_hot", "gather", "confusion_matrix"): tuple(spellings("TensorFlow 2", {"validate_indices=": ""})),
}

#: what was Python's own below `from numpy import *`
BUILTINS_BEHIND_A_STAR: Final = tuple(
    spellings("NumPy 1.25", {"max(a, b)": "builtins.max(a, b)", "min(a, b)": "builtins.min(a, b)"})
)

#: how `Sequential` took its name
NAME_OF_MODEL: Final = Spelling('Sequential(layers, "a")', 'Sequential(layers, name="a")', "Keras 3")

#: losses and metrics by the names of their functions
LOSS_NAMES: Final = tuple(
    spellings(
        "Keras 3",
        {
            "'kullback_leibler_divergence'": "'kl_divergence'",
            "'logcosh'": "'log_cosh'",
            "'cosine_proximity'": "'cosine_similarity'",
            "'huber_loss'": "'huber'",
        },
    )
)


def all_rows() -> Iterator[Spelling]:
    """Every row that stands here."""
    yield from (*NUMPY, *ARRAY_METHODS, *MODULES, *NAMES, *LAYER_ARGUMENTS, *OPTIMIZER_ARGUMENTS)
    yield from (*MODEL_ARGUMENTS, *MODEL_METHODS, *BUILTINS_BEHIND_A_STAR, *REGULARIZER_ARGUMENTS.values())
    yield from (WINDOW, METRICS_ALONE, METRICS_THIRD, PLAIN_LISTS, AUTO_REDUCTION, SYMBOLIC)
    yield from (
        *LOSS_NAMES,
        NAME_OF_MODEL,
        *CALLBACK_ARGUMENTS,
        BEST_IS_MOST,
        LOGS,
        SUMMARIES,
        SUM_OF_GENERATOR,
        STACK_OF_GENERATOR,
        COPY_IF_NEEDED,
        UNEVEN,
        FROM_BYTES,
        *data_tables.ROWS,
        *learning_tables.ROWS,
        *drawing_tables.ROWS,
        *scipy_tables.ROWS,
    )
    for table in (NUMPY_ARGUMENTS, METHOD_ARGUMENTS, FUNCTION_ARGUMENTS, TENSORFLOW_ARGUMENTS, KERAS_METHODS):
        for rows in table.values():
            yield from rows
