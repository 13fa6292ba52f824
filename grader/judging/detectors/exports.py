"""Which library exports a name that a notebook uses without importing it. A table: none of them is imported here."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np

_BY_LIBRARY: Final = {
    "tensorflow.keras.layers": (
        "Dense Dropout Flatten Conv1D Conv2D Conv2DTranspose MaxPool2D MaxPooling2D AveragePooling2D "
        "GlobalAveragePooling2D GlobalMaxPooling2D BatchNormalization LayerNormalization Normalization Activation "
        "ReLU LeakyReLU Softmax Embedding LSTM GRU SimpleRNN Bidirectional TimeDistributed Concatenate Add Reshape "
        "ZeroPadding2D UpSampling2D RandomFlip RandomRotation RandomZoom Rescaling Lambda"
    ),
    "tensorflow.keras.models": "Sequential Model load_model clone_model",
    "tensorflow.keras": "Input",
    "tensorflow.keras.activations": "relu sigmoid softmax tanh linear elu selu softplus",
    "tensorflow.keras.losses": (
        "SparseCategoricalCrossentropy CategoricalCrossentropy BinaryCrossentropy MeanSquaredError MeanAbsoluteError"
    ),
    "tensorflow.keras.optimizers": "Adam SGD RMSprop Adagrad Adamax Nadam",
    "tensorflow.keras.regularizers": "l1 l2 l1_l2 L1 L2",
    "tensorflow.keras.callbacks": "EarlyStopping ModelCheckpoint ReduceLROnPlateau",
    "tensorflow.keras.utils": "to_categorical set_random_seed",
    "sklearn.model_selection": "train_test_split cross_val_score GridSearchCV KFold",
    "sklearn.preprocessing": "StandardScaler MinMaxScaler PolynomialFeatures OneHotEncoder",
    "sklearn.linear_model": "LinearRegression LogisticRegression SGDRegressor Ridge Lasso",
    "sklearn.metrics": "accuracy_score mean_squared_error confusion_matrix",
    "copy": "deepcopy",
    "functools": "partial reduce lru_cache wraps",
    "collections": "Counter OrderedDict defaultdict namedtuple",
}
#: the library by the name; of a name that several export, the first
EXPORTS: Final = MappingProxyType(
    {name: library for library, names in reversed(_BY_LIBRARY.items()) for name in names.split()}
)


def library_of(name: str) -> str | None:
    """The library that exports `name`; None if none of the table does, or NumPy as a function."""
    if name in EXPORTS:
        return EXPORTS[name]
    return "numpy" if len(name) > 1 and not name.startswith("_") and callable(getattr(np, name, None)) else None
