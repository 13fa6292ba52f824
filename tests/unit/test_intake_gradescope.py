"""Who handed in what, of Gradescope's metadata: whatever it holds, each readable entry counts and nothing runs."""

from __future__ import annotations

import pytest

from grader.classes.intake.gradescope import read_metadata

ADA = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '007'\n"
FOLDED = ADA.replace("Ada\n", '"Ada \\\n      Lovelace"\n').replace("'007'", "")
LETTERS = "bcdefghijklmnopqrstuvwxyz"
BOMB = "submission_0:\n  a: &a [x, x]\n" + "".join(f"  {n}: &{n} [*{chr(ord(n) - 1)}, *a]\n" for n in LETTERS)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param(ADA, {"submission_1": ["007"]}, id="an id keeps its noughts"),
        pytest.param(ADA.replace("'007'", "0x1F"), {"submission_1": ["0x1F"]}, id="nothing is taken for a number"),
        pytest.param(ADA.replace("'007'", "NO"), {"submission_1": ["NO"]}, id="nor for a truth value"),
        pytest.param(ADA.replace("'007'", "~"), {"submission_1": ["Ada"]}, id="no number: the name"),
        pytest.param(FOLDED, {"submission_1": ["Ada Lovelace"]}, id="a folded name"),
        pytest.param(ADA.replace(":submitters:", ":submitters: !ruby/array"), {"submission_1": ["007"]}, id="a tag"),
        pytest.param(ADA.replace("'007'", "!!python/object/apply:os.abort []"), {"submission_1": ["Ada"]}, id="code"),
        pytest.param("submission_0: [}\n" + ADA, {"submission_1": ["007"]}, id="damage in another entry"),
        pytest.param(ADA + "submission_2:\n  :submitters: " + "[" * 10**6, {"submission_1": ["007"]}, id="too deep"),
        pytest.param(BOMB + ADA, {"submission_0": [], "submission_1": ["007"]}, id="aliases of aliases"),
        pytest.param(ADA.replace("Ada\n", "&n Ada\n").replace("'007'", "*n"), {"submission_1": ["Ada"]}, id="an alias"),
        pytest.param("- 1\n- 2\n", {}, id="a list"),
        pytest.param("submission_1:\n  :submitters: Ada\n", {"submission_1": []}, id="nobody"),
        pytest.param("\0\x07", {}, id="no text"),
        pytest.param("? [a]\n: {b: c}\n", {}, id="a key that is none"),
    ],
)
def test_of_the_metadata_each_readable_entry_counts(text: str, people: dict[str, list[str]]) -> None:
    """By folder, the ids of who handed it in."""
    read = read_metadata(text)

    assert {folder: [student.id for student in submitted.by] for folder, submitted in read.items()} == people
