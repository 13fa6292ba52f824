"""The sum: 4."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "Each of them would have to be 1 then; they share one certainty among them."

answers = {"q1": "a", "q2": "c", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
