"""The total of a course: which laws its arithmetic keeps, and what is wrong with a file of its rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.messages import ENGLISH, LANGUAGES, Message, Words
from grader.policy.totals import Group, Never, Rounding, Totals, rounded, total_of
from grader.policy.totals_file import totals_of
from grader.policy.totals_told import told

NAMES = ("a", "b", "c", "d")
SHARES = st.dictionaries(st.sampled_from(NAMES), st.none() | st.fractions(0, 1, max_denominator=97), min_size=1)
WEIGHTS = st.decimals("0.001", "999", places=3)


@st.composite
def rules(draw: st.DrawFn) -> Totals:
    """Of one or two groups over four assignments."""
    cut = draw(st.integers(1, len(NAMES)))
    parts = [part for part in (NAMES[:cut], NAMES[cut:]) if part]
    return Totals(
        group=tuple(
            Group(
                name=f"g{number}",
                weight=draw(WEIGHTS),
                assignments=part,
                weights=draw(st.dictionaries(st.sampled_from(part), WEIGHTS)),
                drop_lowest=draw(st.integers(0, 3)),
            )
            for number, part in enumerate(parts)
        )
    )


def with_groups(rule: Totals, **change: object) -> Totals:
    return rule.model_copy(update={"group": tuple(each.model_copy(update=change) for each in rule.group)})


@given(rules(), SHARES)
def test_dropping_never_lowers(rule: Totals, shares: dict[str, Fraction | None]) -> None:
    """Whatever the weights are, one more that is dropped gives as much or more."""
    more = rule.model_copy(
        update={
            "group": tuple(
                each.model_copy(update={"drop_lowest": each.drop_lowest + (number == 0)})
                for number, each in enumerate(rule.group)
            )
        }
    )
    less, now = total_of(rule, shares).exact, total_of(more, shares).exact
    assert (less is None) == (now is None)
    assert less is None or now is None or now >= less


@given(rules(), SHARES, st.integers(2, 9))
def test_weights_matter_by_their_ratio_alone(rule: Totals, shares: dict[str, Fraction | None], times: int) -> None:
    """Between groups, and within one."""
    scaled = rule.model_copy(
        update={
            "group": tuple(
                each.model_copy(
                    update={
                        "weight": each.weight * times,
                        "weights": {
                            name: Decimal(times) * each.weights.get(name, Decimal(1)) for name in each.assignments
                        },
                    }
                )
                for each in rule.group
            )
        }
    )
    assert total_of(scaled, shares).exact == total_of(rule, shares).exact


@given(rules(), SHARES)
def test_no_evidence_is_not_a_zero(rule: Totals, shares: dict[str, Fraction | None]) -> None:
    """What is open changes nothing but the list of what is open: as if the rule did not name it."""
    known = {name: share for name, share in shares.items() if share is not None}
    total = total_of(rule, shares)
    assert total.exact == total_of(rule, known).exact
    assert set(total.open) == set(NAMES) - known.keys()
    assert (total.exact is None) == (not known)


@given(rules(), SHARES)
def test_a_total_lies_between_the_lowest_and_the_highest(rule: Totals, shares: dict[str, Fraction | None]) -> None:
    """And where all shares are alike it is that share."""
    known = [100 * share for share in shares.values() if share is not None]
    exact = total_of(rule, shares).exact
    assert exact is None or min(known) <= exact <= max(known)


@given(rules(), SHARES, st.sampled_from(NAMES), WEIGHTS)
def test_a_bonus_never_lowers(rule: Totals, shares: dict[str, Fraction | None], name: str, most: Decimal) -> None:
    """It adds its share, and nothing where there is no evidence of it."""
    plain, more = total_of(rule, shares).exact, total_of(rule.model_copy(update={"bonus": {name: most}}), shares).exact
    assert plain is None or more == plain + Fraction(most) * (shares.get(name) or 0)


@given(st.fractions(0, 200, max_denominator=10_000), st.integers(0, 4), st.sampled_from(Rounding))
def test_rounding_is_exact(number: Fraction, places: int, rounding: Rounding) -> None:
    """Never further than the next number that can be shown, and halves as the rule says."""
    off = Fraction(rounded(number, places, rounding)) - number
    half = Fraction(1, 2 * 10**places)
    assert -2 * half < off <= 0 if rounding is Rounding.DOWN else abs(off) <= half
    assert rounding is not Rounding.HALF_UP or off != -half


RULE = """
places = 1
never_handed_in = "zero"
most = 100

[[group]]
name = "Labs"
weight = 60
assignments = ["softmax", "digits", "losses"]
weights = { digits = 2 }
drop_lowest = 1

[[group]]
name = "Project"
weight = 40
assignments = ["final"]

[bonus]
quiz = 2.5

[letters]
A = 90
B = 79.5
"""


def rule_of(text: str = RULE) -> Totals:
    return totals_of(text, Path("totals.toml"), known=("softmax", "digits", "losses", "final", "quiz"))


def test_a_rule_is_read_and_reckoned() -> None:
    """By hand: labs (1/2 + 2 * 9/10) / 3 = 23/30 without the lowest, so 46 %; 40 * 4/5 = 32 %; 2.5 * 3/5 = 1.5 %."""
    shares = {"softmax": Fraction(1, 2), "digits": Fraction(9, 10), "losses": Fraction(1, 3)}
    total = total_of(rule_of(), shares | {"final": Fraction(4, 5), "quiz": Fraction(3, 5)})
    assert (total.exact, total.shown, total.letter) == (Fraction(159, 2), Decimal("79.5"), "B")
    assert (total.dropped, total.open, rule_of().never_handed_in) == (("losses",), (), Never.ZERO)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_is_told_in_full(language: str) -> None:
    """Every number of it stands in what is read beside a total."""
    said = "\n".join(map(Words(language).text, told(rule_of(), lambda name: name.upper())))  # type: ignore[arg-type]
    for each in ("Labs", "60", "SOFTMAX", "DIGITS (× 2)", "Project", "40", "QUIZ", "2.5", "100", "A 90, B 79.5"):  # noqa: RUF001
        assert each in said


#: what is changed in the rule, and what is said of it
WRONG = {
    "a weight of nothing": ("weight = 60", "weight = 0", "line 8: group.1.weight is 0"),
    "a weight that is text": ("weight = 40", 'weight = "much"', "line 15: group.2.weight is much"),
    "not a number": ("weight = 40", "weight = nan", "line 15: group.2.weight"),
    "no such field": ("drop_lowest", "drop", "line 11: there is no field group.1.drop"),
    "no name": ('name = "Project"\n', "", "group.2.name is missing"),
    "twice": ('["final"]', '["final", "digits"]', "digits counts more than once"),
    "bonus and group": ("quiz = 2.5", "final = 2.5", "final counts more than once"),
    "no such assignment": ('["final"]', '["finale"]', "There is no assignment finale"),
    "a weight of another": ("digits = 2", "final = 2", "line 10: final has a weight in group Labs"),
    "letters alike": ("B = 79.5", "B = 90", "Two letters begin at 90 %"),
    "no rounding of ours": ("places = 1", 'rounding = "up"', "line 2: rounding is up"),
    "too many decimals": ("places = 1", "places = 9", "line 2: places is 9"),
    "drop a part": ("drop_lowest = 1", "drop_lowest = -1", "line 11: group.1.drop_lowest is -1"),
}


@pytest.mark.parametrize(("there", "instead", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_by_line(there: str, instead: str, said: str) -> None:
    """Nothing of the file counts then."""
    assert there in RULE
    with pytest.raises(CourseError) as caught:
        rule_of(RULE.replace(there, instead))
    assert said in "\n".join(ENGLISH.text(each) if isinstance(each, Message) else each for each in caught.value.said)


def test_a_file_without_a_group_is_no_rule() -> None:
    """An empty one, too."""
    with pytest.raises(CourseError):
        rule_of("group = []\n")
    with pytest.raises(CourseError):
        rule_of("")
