"""The cleaning lab: a guest list typed by hand becomes a table that can be counted with."""

from hypothesis import strategies as st

from grader.lab import *

NAMES = st.sampled_from(("ada", " Ada", "ADA ", "bob", "Bob ", "grace hopper", " Grace Hopper"))
AGES = st.sampled_from(("7", "31", "31.5", "?", "", None))
CITIES = st.sampled_from(("Ulm", "Bonn", "Jena", None))
KNOWN_AGES = st.sampled_from((None, 5.0, 10.0, 20.0, 25.0, 60.0, 70.0, 80.0))
DATES = st.sampled_from(("2027-03-01", "2027-03-31", "2027-04-01", "2026-03-01", "2027-12-24"))
AMOUNTS = st.integers(-8, 40).map(lambda n: n / 4)

GUESTS = frames({"name": NAMES, "age": AGES, "city": CITIES}, max_rows=8)
AGED = frames({"city": st.sampled_from(("Ulm", "Bonn", "Ulm", None)), "age": KNOWN_AGES}, min_rows=4, max_rows=9)
SPENT = frames({"date": DATES, "amount": AMOUNTS}, max_rows=8)

TYPED = frame({"name": [" ada", "Bob"], "age": ["31", "?"], "city": ["Ulm", "Bonn"]})
GAPS = frame({"city": ["Ulm", "Ulm", "Ulm"], "age": [30.0, None, 40.0]})

ASSIGNMENT = lab(
    "pandas_cleaning",
    "Cleaning a table with pandas",
    function("tidy", "Tidying a list typed by hand").checks(
        check("example", "", 10)
        .examples(
            (TYPED,),
            (frame({"name": ["ADA ", "ada", "Bob"], "age": ["7", "7", "8"], "city": [None, None, None]}),),
        )
        .says(hint="Take one column after the other: what should become of its first entry?"),
        check("drawn", "", 15, calls(GUESTS, count=12)).says(
            hint="Look at the column and the row that the report names. What was there before?"
        ),
        check("untouched", "", 5, examples((TYPED,)), LeavesArguments(), needs="example"),
    ),
    function("mean_age", "The mean age of each city", rule=Agrees(tabular=Tabular(names=False))).checks(
        check("example", "", 8)
        .examples(
            (frame({"city": ["Ulm", "Bonn", "Ulm"], "age": [30.0, 8.0, 40.0]}),),
            (frame({"city": ["Ulm", None, "Ulm"], "age": [30.0, 8.0, None]}),),
        )
        .says(hint="Put the rows of each city together first, and take the mean of their ages then."),
        check("drawn", "", 12, calls(AGED, count=6)).says(
            hint="Work this table out by hand: which cities are there, and which ages are known of each?"
        ),
    ),
    function("fill_ages", "Filling in missing ages").checks(
        check("example", "", 8)
        .examples(
            (GAPS,),
            (frame({"city": ["Ulm", "Bonn", "Ulm"], "age": [30.0, None, 40.0]}),),
            (frame({"city": ["Ulm", "Ulm", "Ulm", "Ulm", "Bonn"], "age": [10.0, 20.0, None, 60.0, 1.0]}),),
            (frame({"city": ["Ulm", "Ulm", "Ulm", "Bonn", None], "age": [10.0, 60.0, None, 80.0, None]}),),
        )
        .says(hint="Which ages of the same city are known? Only where there are none, all others count."),
        check("drawn", "", 12, calls(AGED, count=14)).says(
            hint="Find the row that the report names. Which ages does its city have, and what is in their middle?"
        ),
        check("untouched", "", 5, examples((GAPS,)), LeavesArguments(), needs="example"),
    ),
    function("by_month", "What was spent in each month").checks(
        check("example", "", 10)
        .examples((frame({"date": ["2027-04-01", "2027-03-31", "2027-03-01"], "amount": [1.0, 2.0, 3.5]}),))
        .says(hint="First a column with the month of each date, then the sum of each month."),
        check("drawn", "", 15, calls(SPENT, count=6)).says(
            hint="Add this table up by hand: which months are there, and of which years?"
        ),
    ),
    uses=("pandas",),
    seed=2718281845,
)
