"""What older versions of scikit-learn spelled differently, as tables of data, as `tables.py` has the others.

Read it beside its release notes: those of 0.18 to 1.8, "removed". Here stands what code in a course notebook uses.
"""

from __future__ import annotations

from typing import Final

from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that modules of it had
NAMES: Final = (
    *spellings(
        "scikit-learn 1.2",
        {
            f"sklearn.metrics.plot_{name}(estimator, X, y, **options)": (
                f"sklearn.metrics.{display}.from_estimator(estimator, X, y, **options)"
            )
            for name, display in {
                "confusion_matrix": "ConfusionMatrixDisplay",
                "roc_curve": "RocCurveDisplay",
                "precision_recall_curve": "PrecisionRecallDisplay",
            }.items()
        },
    ),
)

#: modules that it had; each stands for what lies below it as well
MODULES: Final = (
    *spellings(
        "scikit-learn 0.24",
        {
            **{
                f"sklearn.ensemble.{name}": "sklearn.ensemble"
                for name in ("forest", "bagging", "gradient_boosting", "weight_boosting")
            },
            **{
                f"sklearn.linear_model.{name}": "sklearn.linear_model"
                for name in ("stochastic_gradient", "ridge", "coordinate_descent", "perceptron")
            },
            **{f"sklearn.neighbors.{name}": "sklearn.neighbors" for name in ("classification", "regression", "base")},
            **{f"sklearn.cluster.{name}": "sklearn.cluster" for name in ("k_means_", "dbscan_", "hierarchical")},
            "sklearn.tree.tree": "sklearn.tree",
            "sklearn.svm.classes": "sklearn.svm",
            "sklearn.decomposition.pca": "sklearn.decomposition",
            "sklearn.manifold.t_sne": "sklearn.manifold",
            "sklearn.preprocessing.imputation": "sklearn.impute",
            "sklearn.feature_extraction.stop_words": "sklearn.feature_extraction.text",
            "sklearn.metrics.scorer": "sklearn.metrics",
            "sklearn.lda": "sklearn.discriminant_analysis",
            "sklearn.qda": "sklearn.discriminant_analysis",
        },
    ),
)

#: arguments that estimators had; one is renamed where the estimator has none of the old name, and one of the new
ESTIMATOR_ARGUMENTS: Final = (
    *spellings(
        "scikit-learn 1.2", {"base_estimator=": "estimator=", "affinity=": "metric=", "sparse=": "sparse_output="}
    ),
    *spellings("scikit-learn 0.21", {"n_iter=": "max_iter="}),
    *spellings("scikit-learn 0.24", dict.fromkeys(("presort=", "iid=", "precompute_distances="), "")),
    *spellings("scikit-learn 1.0", {"min_impurity_split=": "", "n_jobs=": ""}),
)

#: values that arguments of estimators had, by the end of the class's name; what has none in its place is left out
ESTIMATOR_VALUES: Final = tuple(
    (ending, row)
    for ending, since, table in (
        ("SGDClassifier", "scikit-learn 1.3", {"loss='log'": "loss='log_loss'"}),
        ("SGDRegressor", "scikit-learn 1.2", {"loss='squared_loss'": "loss='squared_error'"}),
        ("GradientBoostingClassifier", "scikit-learn 1.3", {"loss='deviance'": "loss='log_loss'"}),
        (
            "GradientBoostingRegressor",
            "scikit-learn 1.2",
            {"loss='ls'": "loss='squared_error'", "loss='lad'": "loss='absolute_error'"},
        ),
        (
            "Regressor",
            "scikit-learn 1.2",
            {"criterion='mse'": "criterion='squared_error'", "criterion='mae'": "criterion='absolute_error'"},
        ),
        ("ForestClassifier", "scikit-learn 1.3", {"max_features='auto'": "max_features='sqrt'"}),
        ("ForestRegressor", "scikit-learn 1.3", {"max_features='auto'": "max_features=1.0"}),
        ("TreesClassifier", "scikit-learn 1.3", {"max_features='auto'": "max_features='sqrt'"}),
        ("TreeClassifier", "scikit-learn 1.3", {"max_features='auto'": "max_features='sqrt'"}),
        ("TreeRegressor", "scikit-learn 1.3", {"max_features='auto'": "max_features=None"}),
        ("", "scikit-learn 1.4", {"penalty='none'": "penalty=None"}),
        (
            "KMeans",
            "scikit-learn 1.3",
            {"algorithm='auto'": "algorithm='lloyd'", "algorithm='full'": "algorithm='lloyd'"},
        ),
        ("", "scikit-learn 1.2", {"normalize=False": ""}),
        ("LogisticRegression", "scikit-learn 1.8", {"multi_class='auto'": "", "multi_class='multinomial'": ""}),
        ("AdaBoostClassifier", "scikit-learn 1.8", {"algorithm='SAMME'": ""}),
    )
    for row in spellings(since, table)
)

ROOT_OF_ERROR: Final = Spelling(
    "mean_squared_error(y, p, squared=False)", "root_mean_squared_error(y, p)", "scikit-learn 1.6"
)
FEATURE_NAMES: Final = Spelling("encoder.get_feature_names()", "encoder.get_feature_names_out()", "scikit-learn 1.2")

ROWS: Final = (
    *ESTIMATOR_ARGUMENTS,
    *(row for _, row in ESTIMATOR_VALUES),
    *(ROOT_OF_ERROR, FEATURE_NAMES),
)
