"""The right answers to the cleaning lab. Graded like a submission; never enters a room that runs student code."""

import pandas as pd


def tidy(guests):
    """Names in order, ages as numbers, equal rows once, counted from 0."""
    tidied = guests.copy()
    tidied["name"] = tidied["name"].str.strip().str.title()
    tidied["age"] = pd.to_numeric(tidied["age"], errors="coerce")
    return tidied.drop_duplicates().reset_index(drop=True)


def mean_age(guests):
    """The mean age by city."""
    return guests.groupby("city")["age"].mean()


def fill_ages(guests):
    """Missing ages become the median of the city, or of all."""
    filled = guests.copy()
    medians = guests.groupby("city")["age"].transform("median")
    filled["age"] = guests["age"].fillna(medians).fillna(guests["age"].median())
    return filled


def by_month(bills):
    """The sum of each month, in order."""
    dated = bills.assign(month=bills["date"].str[:7])
    return dated.groupby("month", as_index=False)["amount"].sum()
