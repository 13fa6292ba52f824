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
                "det_curve": "DetCurveDisplay",
            }.items()
        },
    ),
    *spellings(
        "scikit-learn 1.2",
        {
            "sklearn.inspection.plot_partial_dependence(estimator, X, features, **options)": (
                "sklearn.inspection.PartialDependenceDisplay.from_estimator(estimator, X, features, **options)"
            ),
        },
    ),
    *spellings("scikit-learn 1.3", {"sklearn.neighbors.DistanceMetric": "sklearn.metrics.DistanceMetric"}),
    *spellings(
        "scikit-learn 1.3",
        {
            "sklearn.metrics.SCORERS": (
                "sklearn.metrics.get_scorer_names()",
                "{name: sklearn.metrics.get_scorer(name) for name in sklearn.metrics.get_scorer_names()}",
            ),
        },
    ),
    *spellings(
        "scikit-learn 0.23",
        {
            "sklearn.metrics.jaccard_similarity_score": "sklearn.metrics.accuracy_score",
            "sklearn.utils.safe_indexing": "sklearn.utils._safe_indexing",
            "sklearn.exceptions.ChangedBehaviorWarning": "UserWarning",
            "sklearn.utils.extmath.logsumexp": "scipy.special.logsumexp",
        },
    ),
    *spellings(
        "scikit-learn 0.20",
        {
            "sklearn.decomposition.RandomizedPCA(*components, **options)": (
                "sklearn.decomposition.PCA(*components, svd_solver='randomized', **options)"
            ),
            "sklearn.mixture.GMM(n_components=1, covariance_type='diag', **options)": (
                "sklearn.mixture.GaussianMixture(n_components, covariance_type=covariance_type, **options)",
                (
                    "sklearn.mixture.GaussianMixture(n_components, covariance_type=covariance_type, "
                    "**{{'n_iter': 'max_iter'}.get(name, name): value for name, value in options.items()})"
                ),
            ),
            "sklearn.covariance.GraphLasso": "sklearn.covariance.GraphicalLasso",
            "sklearn.discriminant_analysis.LDA": "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
            "sklearn.discriminant_analysis.QDA": "sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis",
        },
    ),
    *spellings(
        "scikit-learn 0.22",
        {
            "sklearn.preprocessing.Imputer(missing_values='NaN', strategy='mean', axis=0, verbose=0, copy=True)": (
                "sklearn.impute.SimpleImputer(missing_values=np.nan, strategy=strategy)",
                (
                    "sklearn.impute.SimpleImputer(copy=copy, strategy=strategy, "
                    "missing_values=np.nan if missing_values == 'NaN' else missing_values)"
                ),
            ),
        },
    ),
)

#: data sets that are no part of it any more: nobody can load them, whatever is installed
LOST_DATA: Final = ("sklearn.datasets.load_boston", "sklearn.datasets.fetch_mldata")

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
            "sklearn.tree.export": "sklearn.tree",
            "sklearn.ensemble.partial_dependence": "sklearn.inspection",
            **{f"sklearn.ensemble.{name}": "sklearn.ensemble" for name in ("voting_classifier", "voting", "iforest")},
            **{
                f"sklearn.cluster.{name}": "sklearn.cluster"
                for name in ("spectral", "mean_shift_", "bicluster", "birch")
            },
            **{
                f"sklearn.decomposition.{name}": "sklearn.decomposition"
                for name in ("nmf", "online_lda", "truncated_svd")
            },
            **{f"sklearn.manifold.{name}": "sklearn.manifold" for name in ("mds", "isomap", "locally_linear")},
            "sklearn.metrics.cluster.supervised": "sklearn.metrics.cluster",
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
    *spellings("scikit-learn 0.20", {"n_topics=": "n_components=", "algorithm=": "solver="}),
    *spellings("scikit-learn 0.20", {"store_covariances=": "store_covariance=", "n_folds=": "n_splits="}),
    *spellings("scikit-learn 0.20", {"n_iter=": "n_splits="}),
    *spellings("scikit-learn 1.3", dict.fromkeys(("square_distances=", "verbose="), "")),
    *spellings("scikit-learn 0.24", {"behaviour=": ""}),
    *spellings("scikit-learn 1.7", {"store_cv_values=": "store_cv_results="}),
    *spellings("scikit-learn 1.9", {"n_alphas=": "alphas="}),
)

#: values that arguments of estimators had, by the end of the class's name; what has none in its place is left out
ESTIMATOR_VALUES: Final = tuple(
    (ending, row)
    for ending, since, table in (
        ("SGDClassifier", "scikit-learn 1.3", {"loss='log'": "loss='log_loss'"}),
        ("SGDClassifier", "scikit-learn 1.2", {"loss='squared_loss'": "loss='squared_error'"}),
        ("", "scikit-learn 1.2", {"tol=-1e999": "tol=None"}),
        ("SVC", "scikit-learn 0.19", {"decision_function_shape=None": "decision_function_shape='ovr'"}),
        ("", "scikit-learn 0.19", {"class_weight='auto'": "class_weight='balanced'"}),
        (
            "",
            "scikit-learn 0.22",
            {"n_estimators='warn'": "n_estimators=10", "contamination='legacy'": "contamination=0.1"},
        ),
        ("MinMaxScaler", "scikit-learn 1.2", {"feature_range=[0, 1]": "feature_range=(0, 1)"}),
        ("MinMaxScaler", "scikit-learn 1.2", {"feature_range=[-1, 1]": "feature_range=(-1, 1)"}),
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
        ("LinearRegression", "scikit-learn 1.2", {"normalize=True": ""}),
        ("LogisticRegressionCV", "scikit-learn 1.8", {"multi_class='auto'": "", "multi_class='multinomial'": ""}),
        ("LogisticRegression", "scikit-learn 0.22", {"multi_class='warn'": "", "solver='warn'": "solver='liblinear'"}),
        ("AdaBoostClassifier", "scikit-learn 1.6", {"algorithm='SAMME.R'": ""}),
        ("LinearSVC", "scikit-learn 0.20", {"loss='l2'": "loss='squared_hinge'", "loss='l1'": "loss='hinge'"}),
        ("", "scikit-learn 1.4", {"n_init='warn'": "n_init=10", "dual='warn'": "dual='auto'"}),
        ("", "scikit-learn 0.22", {"gamma='auto_deprecated'": "gamma='auto'", "n_values='auto'": ""}),
        ("RANSACRegressor", "scikit-learn 1.2", {"loss='absolute_loss'": "loss='absolute_error'"}),
        (
            "HistGradientBoostingClassifier",
            "scikit-learn 1.3",
            {"loss='auto'": "loss='log_loss'", "loss='binary_crossentropy'": "loss='log_loss'"},
        ),
        ("HistGradientBoostingRegressor", "scikit-learn 1.2", {"loss='least_squares'": "loss='squared_error'"}),
        ("LogisticRegression", "scikit-learn 1.8", {"multi_class='auto'": "", "multi_class='multinomial'": ""}),
        ("AdaBoostClassifier", "scikit-learn 1.8", {"algorithm='SAMME'": ""}),
    )
    for row in spellings(since, table)
)

#: arguments that functions had; in an expression, `value` is what was given
FUNCTION_ARGUMENTS: Final = {
    "log_loss": (Spelling("eps=", "", "scikit-learn 1.5"),),
    "precision_recall_curve": (Spelling("probas_pred=", "y_score=", "scikit-learn 1.5"),),
    "brier_score_loss": (Spelling("y_prob=", "y_proba=", "scikit-learn 1.7"),),
    "make_scorer": (
        Spelling("needs_proba=", "response_method=", "scikit-learn 1.6", "'predict_proba' if value else 'predict'"),
        Spelling(
            "needs_threshold=",
            "response_method=",
            "scikit-learn 1.6",
            "('decision_function', 'predict_proba') if value else 'predict'",
        ),
    ),
    **dict.fromkeys(
        ("cross_val_score", "cross_val_predict", "cross_validate", "learning_curve", "validation_curve"),
        (Spelling("fit_params=", "params=", "scikit-learn 1.6"),),
    ),
    **dict.fromkeys(
        ("check_array", "check_X_y"), (Spelling("force_all_finite=", "ensure_all_finite=", "scikit-learn 1.8"),)
    ),
}

#: what fitted estimators knew, under other names; `e` is the estimator
ATTRIBUTES: Final = (
    *spellings("scikit-learn 1.2", {"e.n_features_": "e.n_features_in_", "e.base_estimator_": "e.estimator_"}),
    *spellings("scikit-learn 1.2", {"e.sigma_": "e.var_", "e.n_input_features_": "e.n_features_in_"}),
    *spellings("scikit-learn 0.19", {"e.std_": "e.scale_"}),
    *spellings("scikit-learn 1.7", {"e.cv_values_": "e.cv_results_"}),
    *spellings("scikit-learn 1.2", {"e.lambdas_": "e.eigenvalues_", "e.alphas_": "e.eigenvectors_"}),
    *spellings(
        "scikit-learn 1.1",
        {
            "e.coef_": (
                "e.feature_log_prob_",
                "e.feature_log_prob_[1:] if len(e.classes_) == 2 else e.feature_log_prob_",
            )
        },
    ),
)

BY_POSITION: Final = Spelling(
    "KNeighborsClassifier(3, 'distance')", "KNeighborsClassifier(3, weights='distance')", "scikit-learn 1.0"
)
WHOLE_STEPS: Final = Spelling("Lasso(max_iter=1e5)", "Lasso(max_iter=100000)", "scikit-learn 1.2")
SET_OF_WORDS: Final = Spelling(
    "CountVectorizer(stop_words={'a'})", "CountVectorizer(stop_words=['a'])", "scikit-learn 1.2"
)
OF_A_MATRIX: Final = Spelling("model.fit(np.matrix(X), y)", "model.fit(np.asarray(X), y)", "scikit-learn 1.2")
#: scores that are better the less they are
NEGATED: Final = {
    name: Spelling(f"scoring='{name}'", f"scoring='neg_{name}'", "scikit-learn 0.20")
    for name in ("mean_squared_error", "mean_absolute_error", "median_absolute_error", "log_loss")
}
UNUSED_CHANCE: Final = Spelling("KFold(5, random_state=1)", "KFold(5)", "scikit-learn 0.24")
ONE_VERSUS_REST: Final = Spelling(
    "LogisticRegression(multi_class='ovr')", "OneVsRestClassifier(LogisticRegression())", "scikit-learn 1.8"
)
SCALED_FIRST: Final = Spelling(
    "Ridge(normalize=True)", "make_pipeline(StandardScaler(with_mean=False), Ridge())", "scikit-learn 1.2"
)
#: estimators that scaled the columns if they were told to `normalize`
SCALING: Final = (
    *("Ridge", "RidgeCV", "RidgeClassifier", "Lasso", "LassoCV", "ElasticNet", "ElasticNetCV", "BayesianRidge"),
    *("Lars", "LarsCV", "LassoLars", "LassoLarsCV", "LassoLarsIC", "OrthogonalMatchingPursuit", "ARDRegression"),
)
ROOT_OF_ERROR: Final = Spelling(
    "mean_squared_error(y, p, squared=False)", "root_mean_squared_error(y, p)", "scikit-learn 1.6"
)
FEATURE_NAMES: Final = Spelling("encoder.get_feature_names()", "encoder.get_feature_names_out()", "scikit-learn 1.2")

ROWS: Final = (
    *ESTIMATOR_ARGUMENTS,
    *(row for _, row in ESTIMATOR_VALUES),
    *(row for rows in FUNCTION_ARGUMENTS.values() for row in rows),
    *ATTRIBUTES,
    *(WHOLE_STEPS, SET_OF_WORDS, OF_A_MATRIX, *NEGATED.values()),
    *(ROOT_OF_ERROR, FEATURE_NAMES, BY_POSITION, UNUSED_CHANCE, ONE_VERSUS_REST, SCALED_FIRST),
)
