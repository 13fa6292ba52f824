"""What older versions of pandas spelled differently, as tables of data, as `tables.py` has the others.

Read it beside its release notes: those of 1.0 to 3.0, "Removal of prior version deprecations" and "Copy-on-Write". Here
stands what code in a course notebook uses.
"""

from __future__ import annotations

from typing import Final

from grader.wall.room.compatibility.spelling import Spelling, spellings

#: names that modules of it had
NAMES: Final = (
    *spellings(
        "pandas 1.0",
        {
            "pd.np": "numpy",
            "pd.datetime": "datetime.datetime",
            "pd.scatter_matrix": "pd.plotting.scatter_matrix",
            "pd.io.json.json_normalize": "pd.json_normalize",
            "pd.TimeGrouper(freq, **options)": "pd.Grouper(freq=freq, **options)",
            **{
                f"pd.rolling_{what}(arg, window, *more, **options)": (
                    f"arg.rolling(window).{what}()",
                    f"arg.rolling(window, *more, **options).{what}()",
                )
                for what in ("mean", "sum", "std", "var", "min", "max", "median")
            },
            "pd.ewma(arg, **options)": "arg.ewm(**options).mean()",
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
    *spellings(
        "pandas 3.0",
        {
            "pandas.errors.SettingWithCopyWarning": "Warning",
            "pandas.core.common.SettingWithCopyWarning": "Warning",
        },
    ),
    *spellings("pandas 0.25", {"pandas.compat.StringIO": "io.StringIO"}),
    *spellings("pandas 3.0", {"pd.value_counts(values, **options)": "pd.Series(values).value_counts(**options)"}),
)

#: modules that it had; each stands for what lies below it as well
MODULES: Final = (*spellings("pandas 2.0", {"pandas.util.testing": "pandas.testing", "pandas.tools": "pandas"}),)

#: methods and properties that frames had; `df` is the frame
FRAME_METHODS: Final = (
    *spellings(
        "pandas 1.0",
        {
            "df.as_matrix(columns=None)": ("df.to_numpy()", "(df if columns is None else df[columns]).to_numpy()"),
            "df.get_value(index, col)": "df.at[index, col]",
            "df.get_dtype_counts()": "df.dtypes.value_counts()",
            "df.sort(columns, **options)": "df.sort_values(columns, **options)",
            "df.set_value(index, col, value)": (
                "df.at[index, col] = value",
                "df.at.__setitem__((index, col), value) or df",
            ),
            "df.clip_upper(threshold, **options)": "df.clip(upper=threshold, **options)",
            "df.clip_lower(threshold, **options)": "df.clip(lower=threshold, **options)",
            "df.reindex_axis(labels, axis=0, **options)": "df.reindex(labels, axis=axis, **options)",
            "df.get_values()": "df.to_numpy()",
            "df.ix": ("df.loc, df.iloc", "grader.wall.room.compatibility.labels_or_places.Ix(df)"),
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
            "df.mad(axis=0, skipna=True)": (
                "(df - df.mean()).abs().mean()",
                "df.sub(df.mean(axis=axis, skipna=skipna), axis=1 - axis).abs().mean(axis=axis, skipna=skipna)",
            ),
            "df.tshift(periods=1, freq=None)": (
                "df.shift(periods, freq=freq)",
                "df.shift(periods, freq=freq or df.index.freq or df.index.inferred_freq)",
            ),
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
            "df.bool()": "bool(df.iloc[0, 0])",
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
            "s.set_value(index, value)": ("s.at[index] = value", "s.at.__setitem__(index, value) or s"),
            "s.clip_upper(threshold, **options)": "s.clip(upper=threshold, **options)",
            "s.clip_lower(threshold, **options)": "s.clip(lower=threshold, **options)",
            "s.get_values()": "s.to_numpy()",
            "s.nonzero()": "s.to_numpy().nonzero()",
            "s.ptp()": "np.ptp(s.to_numpy())",
            "s.ix": ("s.loc, s.iloc", "grader.wall.room.compatibility.labels_or_places.Ix(s)"),
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
            "s.mad(axis=0, skipna=True)": (
                "(s - s.mean()).abs().mean()",
                "(s - s.mean(skipna=skipna)).abs().mean(skipna=skipna)",
            ),
            "s.tshift(periods=1, freq=None)": (
                "s.shift(periods, freq=freq)",
                "s.shift(periods, freq=freq or s.index.freq or s.index.inferred_freq)",
            ),
            "s.is_monotonic": "s.is_monotonic_increasing",
        },
    ),
    *spellings(
        "pandas 3.0",
        {
            "s.pad(**options)": "s.ffill(**options)",
            "s.backfill(**options)": "s.bfill(**options)",
            "s.ravel(order='C')": "s.to_numpy()",
            "s.view(dtype=None)": (
                "s.astype(dtype)",
                "pd.Series(s.to_numpy().view(dtype), index=s.index, name=s.name)",
            ),
            "s.bool()": "bool(s.iloc[0])",
        },
    ),
)

#: what groups had; `g` is the groups
GROUP_METHODS: Final = (
    *spellings(
        "pandas 3.0",
        {
            "g.fillna(value=None, method=None, **options)": (
                "g.transform(lambda x: x.fillna(value))",
                (
                    "{'pad': g.ffill, 'ffill': g.ffill, 'bfill': g.bfill, 'backfill': g.bfill}[method](**options) "
                    "if method else g.transform(lambda x: x.fillna(value, **options))"
                ),
            ),
        },
    ),
    *spellings(
        "pandas 2.0",
        {
            "g.pad(**options)": "g.ffill(**options)",
            "g.backfill(**options)": "g.bfill(**options)",
            "g.mad()": ("g.agg(lambda x: (x - x.mean()).abs().mean())",) * 2,
        },
    ),
)
ONE_GROUP: Final = Spelling("df.groupby(['a']).get_group(1)", "df.groupby(['a']).get_group((1,))", "pandas 3.0")
WITH_GROUPING: Final = Spelling("df.groupby('a').apply(f)", "df.groupby('a')[df.columns].apply(f)", "pandas 3.0")

#: what dates had; `d` is `s.dt`, or an index of dates
DATE_METHODS: Final = (
    *spellings(
        "pandas 2.0",
        {
            f"d.{name}": ("d.isocalendar().week", "d.isocalendar().week.astype('int64')")
            for name in ("week", "weekofyear")
        },
    ),
    *spellings("pandas 1.0", {"d.weekday_name": "d.day_name()"}),
)

#: what an index had
INDEX_METHODS: Final = (
    *spellings("pandas 2.0", {"i.is_monotonic": "i.is_monotonic_increasing"}),
    *spellings("pandas 1.0", {"i.get_values()": "i.to_numpy()"}),
)

#: arguments that functions and methods of pandas had, by the function; in an expression, `value` is what was given
PANDAS_ARGUMENTS: Final = {
    ("read_csv", "read_table"): (
        Spelling("error_bad_lines=", "on_bad_lines=", "pandas 2.0", "'error' if value else 'skip'"),
        Spelling("delim_whitespace=", "sep=", "pandas 3.0", r"r'\s+' if value else ','"),
        Spelling("line_terminator=", "lineterminator=", "pandas 2.0"),
        *spellings("pandas 2.0", dict.fromkeys(("warn_bad_lines=", "mangle_dupe_cols="), "")),
        *spellings("pandas 1.0", dict.fromkeys(("tupleize_cols=", "as_recarray="), "")),
        *spellings("pandas 3.0", dict.fromkeys(("infer_datetime_format=", "verbose="), "")),
    ),
    ("to_csv",): (Spelling("line_terminator=", "lineterminator=", "pandas 2.0"),),
    ("date_range",): (Spelling("closed=", "inclusive=", "pandas 2.0", "'both' if value is None else value"),),
    ("fillna", "ffill", "bfill"): (Spelling("downcast=", "", "pandas 3.0"),),
    ("groupby",): (Spelling("squeeze=", "", "pandas 2.0"),),
    ("describe",): (Spelling("datetime_is_numeric=", "", "pandas 2.0"),),
    ("info",): (Spelling("null_counts=", "show_counts=", "pandas 2.0"),),
    ("apply",): (
        *spellings("pandas 1.0", {"reduce=": "", "broadcast=": ""}),
        Spelling("convert_dtype=", "", "pandas 3.0"),
    ),
    ("read_excel",): (Spelling("sheetname=", "sheet_name=", "pandas 1.0"),),
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

#: what is asked of numbers, and once passed over columns of anything else
OF_NUMBERS: Final = ("mean", "median", "std", "var", "sem", "skew", "kurt", "prod", "quantile", "corr", "cov")
#: the same where it is asked of rows, or of columns with gaps
OF_NUMBERS_TOO: Final = ("sum", "min", "max")
NUMBERS_ONLY: Final = {
    name: Spelling(f"df.{name}()", f"df.{name}(numeric_only=True)", "pandas 2.0")
    for name in (*OF_NUMBERS, *OF_NUMBERS_TOO)
}
BY_LEVEL: Final = Spelling("df.sum(level=0)", "df.groupby(level=0).sum()", "pandas 2.0")
AXIS_AND_COLUMNS: Final = Spelling("df.drop(columns='a', axis=1)", "df.drop(columns='a')", "pandas 3.0")
AXIS_OF_ROWS: Final = Spelling("df.rolling(3, axis=0)", "df.rolling(3)", "pandas 3.0")
SEVERAL_COLUMNS: Final = Spelling("df.groupby('a')['b', 'c']", "df.groupby('a')[['b', 'c']]", "pandas 2.0")
ENDS_INCLUDED: Final = Spelling(
    "s.between(0, 1, inclusive=False)", "s.between(0, 1, inclusive='neither')", "pandas 2.0"
)
SHORT_ORIENT: Final = Spelling("df.to_dict('r')", "df.to_dict('records')", "pandas 2.0")
OF_A_LIST: Final = Spelling("pd.unique(['a', 'b'])", "pd.Series(['a', 'b']).unique()", "pandas 3.0")
SQUEEZED: Final = Spelling("pd.read_csv(file, squeeze=True)", "pd.read_csv(file).squeeze('columns')", "pandas 2.0")
DATE_PARSER: Final = Spelling("pd.read_csv(file, date_parser=parse)", "df['a'] = df['a'].map(parse)", "pandas 3.0")
PATTERN: Final = Spelling("s.str.replace('[ab]', '')", "s.str.replace('[ab]', '', regex=True)", "pandas 2.0")
REPLACED_ALL: Final = Spelling("s.replace({'a': 0})", "s.replace({'a': 0}).infer_objects()", "pandas 3.0")
AT_PLACE: Final = Spelling("s[0]", "s.iloc[0]", "pandas 3.0")
OF_A_YEAR: Final = Spelling("df['2027']", "df.loc['2027']", "pandas 2.0")
OTHER_KIND: Final = Spelling("df.loc[0, 'a'] = 1.5", "df['a'] = df['a'].astype(float)", "pandas 3.0")
TEXT_IS_OBJECT: Final = Spelling("df['a'].dtype == object", "pd.api.types.is_string_dtype(df['a'])", "pandas 3.0")

INFERRED: Final = Spelling("infer_datetime_format=", "", "pandas 3.0")
MIXED_DATES: Final = Spelling("pd.to_datetime(texts)", "pd.to_datetime(texts, format='mixed')", "pandas 2.0")
AXIS_IN_PLACE: Final = Spelling("df.set_axis(names, axis=1, inplace=True)", "df.columns = names", "pandas 2.0")
HOW_AND_THRESH: Final = Spelling("df.dropna(how='any', thresh=2)", "df.dropna(thresh=2)", "pandas 2.0")
FILLED_CHANGE: Final = Spelling("df.pct_change(fill_method='pad')", "df.ffill().pct_change()", "pandas 3.0")
TEXT_OF_JSON: Final = Spelling("pd.read_json(text)", "pd.read_json(io.StringIO(text))", "pandas 3.0")
NUMBERS_AND_TRUTHS: Final = Spelling(
    "pd.get_dummies(df).values", "pd.get_dummies(df, dtype=float).values", "pandas 2.0"
)
ENTRY_OF_ROW: Final = Spelling("df.loc[0]['a'] = x", "df.loc[0, 'a'] = x", "pandas 3.0")
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

ROWS: Final = (
    *(
        *GROUP_METHODS,
        ONE_GROUP,
        WITH_GROUPING,
        MIXED_DATES,
        AXIS_IN_PLACE,
        HOW_AND_THRESH,
        FILLED_CHANGE,
        TEXT_OF_JSON,
    ),
    *(NUMBERS_AND_TRUTHS, ENTRY_OF_ROW),
    *(*FRAME_METHODS, *SERIES_METHODS, *DATE_METHODS, *INDEX_METHODS, *NUMBERS_ONLY.values()),
    *(row for rows in PANDAS_ARGUMENTS.values() for row in rows),
    *(*BY_POSITION.values(), *FREQUENCIES.values()),
    *(
        FILL_METHOD,
        ERRORS_IGNORED,
        IN_PLACE,
        ENTRY,
        BY_LEVEL,
        AXIS_AND_COLUMNS,
        AXIS_OF_ROWS,
        SEVERAL_COLUMNS,
        ENDS_INCLUDED,
    ),
    *(SHORT_ORIENT, OF_A_LIST, SQUEEZED, DATE_PARSER, PATTERN, REPLACED_ALL, AT_PLACE, OF_A_YEAR),
    *(OTHER_KIND, TEXT_IS_OBJECT, INFERRED),
)
