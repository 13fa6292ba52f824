"""What older versions of pandas and scikit-learn spelled differently, as tables of data, as `tables.py` has the others.

Read it beside their release notes: those of pandas 1.0 to 3.0, "Removal of prior version deprecations" and
"Copy-on-Write"; of scikit-learn 0.22 to 1.8, "removed". Here stands what code in a course notebook uses.
"""

from __future__ import annotations

from typing import Final

from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that modules of theirs had
NAMES: Final = (
    *spellings(
        "pandas 1.0",
        {
            "pd.np": "numpy",
            "pd.datetime": "datetime.datetime",
            "pd.scatter_matrix": "pd.plotting.scatter_matrix",
            "pd.io.json.json_normalize": "pd.json_normalize",
        },
    ),
    *spellings(
        "pandas 2.0",
        {
            "pd.Int64Index(data, **options)": "pd.Index(data, dtype='int64', **options)",
            "pd.UInt64Index(data, **options)": "pd.Index(data, dtype='uint64', **options)",
            "pd.Float64Index(data, **options)": "pd.Index(data, dtype='float64', **options)",
        },
    ),
    *spellings("pandas 3.0", {"pd.value_counts(values, **options)": "pd.Series(values).value_counts(**options)"}),
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

#: modules that they had; each stands for what lies below it as well
MODULES: Final = (
    *spellings("pandas 2.0", {"pandas.util.testing": "pandas.testing", "pandas.tools": "pandas"}),
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

#: methods and properties that frames had; `df` is the frame
FRAME_METHODS: Final = (
    *spellings(
        "pandas 1.0",
        {
            "df.as_matrix(columns=None)": ("df.to_numpy()", "(df if columns is None else df[columns]).to_numpy()"),
            "df.get_value(index, col)": "df.at[index, col]",
            "df.get_dtype_counts()": "df.dtypes.value_counts()",
            "df.sort(columns, **options)": "df.sort_values(columns, **options)",
        },
    ),
    *spellings(
        "pandas 2.0",
        {
            "df.append(other, ignore_index=False, **options)": (
                "pd.concat([df, other])",
                (
                    "pd.concat([df, *(each if isinstance(each, pd.DataFrame) else pd.DataFrame([each]) "
                    "for each in (other if isinstance(other, list) else [other]))], "
                    "ignore_index=ignore_index, **options)"
                ),
            ),
            "df.iteritems()": "df.items()",
            "df.mad()": "(df - df.mean()).abs().mean()",
            "df.lookup(rows, cols)": (
                "[df.at[row, col] for row, col in zip(rows, cols)]",
                "np.array([df.at[row, col] for row, col in zip(rows, cols)])",
            ),
        },
    ),
    *spellings(
        "pandas 3.0",
        {
            "df.applymap(func, **options)": "df.map(func, **options)",
            "df.pad(**options)": "df.ffill(**options)",
            "df.backfill(**options)": "df.bfill(**options)",
            "df.swapaxes(axis1, axis2)": "df.transpose()",
        },
    ),
)

#: methods and properties that columns had; `s` is the column
SERIES_METHODS: Final = (
    *spellings(
        "pandas 1.0",
        {
            "s.as_matrix()": "s.to_numpy()",
            "s.get_value(index)": "s.at[index]",
            "s.order(**options)": "s.sort_values(**options)",
        },
    ),
    *spellings(
        "pandas 2.0",
        {
            "s.append(other, ignore_index=False, **options)": (
                "pd.concat([s, other])",
                (
                    "pd.concat([s, *(other if isinstance(other, list) else [other])], "
                    "ignore_index=ignore_index, **options)"
                ),
            ),
            "s.iteritems()": "s.items()",
            "s.mad()": "(s - s.mean()).abs().mean()",
            "s.is_monotonic": "s.is_monotonic_increasing",
        },
    ),
    *spellings(
        "pandas 3.0",
        {
            "s.pad(**options)": "s.ffill(**options)",
            "s.backfill(**options)": "s.bfill(**options)",
            "s.ravel(order='C')": "s.to_numpy()",
        },
    ),
)

#: what dates had; `d` is `s.dt`
DATE_METHODS: Final = tuple(
    spellings(
        "pandas 2.0",
        {
            f"d.{name}": ("d.isocalendar().week", "d.isocalendar().week.astype('int64')")
            for name in ("week", "weekofyear")
        },
    )
)

#: arguments that functions and methods of pandas had, by the function; in an expression, `value` is what was given
PANDAS_ARGUMENTS: Final = {
    ("read_csv", "read_table"): (
        Spelling("error_bad_lines=", "on_bad_lines=", "pandas 2.0", "'error' if value else 'skip'"),
        Spelling("delim_whitespace=", "sep=", "pandas 3.0", r"r'\s+' if value else ','"),
        Spelling("line_terminator=", "lineterminator=", "pandas 2.0"),
        *spellings("pandas 2.0", dict.fromkeys(("warn_bad_lines=", "mangle_dupe_cols="), "")),
        *spellings("pandas 3.0", dict.fromkeys(("infer_datetime_format=", "verbose="), "")),
    ),
    ("to_csv",): (Spelling("line_terminator=", "lineterminator=", "pandas 2.0"),),
    ("to_datetime",): (Spelling("infer_datetime_format=", "", "pandas 3.0"),),
    ("date_range",): (Spelling("closed=", "inclusive=", "pandas 2.0", "'both' if value is None else value"),),
    ("fillna", "ffill", "bfill"): (Spelling("downcast=", "", "pandas 3.0"),),
    ("groupby",): (Spelling("squeeze=", "", "pandas 2.0"),),
    ("describe",): (Spelling("datetime_is_numeric=", "", "pandas 2.0"),),
}

#: arguments that were given without their names once, by the method; names are in the order of today's signature
BY_POSITION: Final = {
    row.name: row
    for row in spellings(
        "pandas 2.0",
        {
            "df.drop('a', 1)": "df.drop('a', axis=1)",
            "df.dropna(1)": "df.dropna(axis=1)",
            "df.sort_values('a', 0, False)": "df.sort_values('a', ascending=False)",
            "df.sort_index(1)": "df.sort_index(axis=1)",
            "df.set_index('a', False)": "df.set_index('a', drop=False)",
            "df.reset_index(0, True)": "df.reset_index(0, drop=True)",
            "df.drop_duplicates('a', 'last')": "df.drop_duplicates('a', keep='last')",
            "df.pivot('a', 'b', 'c')": "df.pivot(index='a', columns='b', values='c')",
            "df.any(1)": "df.any(axis=1)",
            "df.clip(0, 1, 1)": "df.clip(0, 1, axis=1)",
            "df.rename('a', 'b')": "df.rename(index='a', columns='b')",
            "df.where(c, x, True)": "df.where(c, x, inplace=True)",
            "df.to_csv('a.csv', ';')": "df.to_csv('a.csv', sep=';')",
            "pd.concat([a, b], 1)": "pd.concat([a, b], axis=1)",
            "pd.read_csv('a.csv', ';')": "pd.read_csv('a.csv', sep=';')",
            "s.str.split(' ', 1)": "s.str.split(' ', n=1)",
            "s.str.rsplit(' ', 1)": "s.str.rsplit(' ', n=1)",
        },
    )
}
#: where that order was another one
OLD_ORDER: Final = {"pivot": ("index", "columns", "values")}

FILL_METHOD: Final = Spelling("df.fillna(method='ffill')", "df.ffill()", "pandas 3.0")
ERRORS_IGNORED: Final = Spelling("pd.to_numeric(x, errors='ignore')", "try ... except", "pandas 3.0")
IN_PLACE: Final = Spelling("df['a'].fillna(0, inplace=True)", "df['a'] = df['a'].fillna(0)", "pandas 3.0")
ENTRY: Final = Spelling("df['a'][i] = x", "df.loc[i, 'a'] = x", "pandas 3.0")

#: what lengths of time were called
FREQUENCIES: Final = {
    old: Spelling(f"'{old}'", f"'{new}'", "pandas 3.0")
    for old, new in (
        *(("M", "ME"), ("Q", "QE"), ("Y", "YE"), ("A", "YE"), ("SM", "SME"), ("BM", "BME"), ("CBM", "CBME")),
        *(("BQ", "BQE"), ("BY", "BYE"), ("BA", "BYE"), ("AS", "YS"), ("BAS", "BYS"), ("H", "h"), ("BH", "bh")),
        *(("T", "min"), ("S", "s"), ("L", "ms"), ("U", "us"), ("N", "ns")),
    )
}

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
    *(*FRAME_METHODS, *SERIES_METHODS, *DATE_METHODS),
    *(row for rows in PANDAS_ARGUMENTS.values() for row in rows),
    *(*BY_POSITION.values(), *FREQUENCIES.values(), *ESTIMATOR_ARGUMENTS),
    *(row for _, row in ESTIMATOR_VALUES),
    *(FILL_METHOD, ERRORS_IGNORED, IN_PLACE, ENTRY, ROOT_OF_ERROR, FEATURE_NAMES),
)
