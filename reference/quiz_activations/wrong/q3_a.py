"""A yes-or-no output: Linear."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "A linear unit may answer 17 or -3, which is no probability."

answers = {"q1": "a", "q2": "c", "q3": "a", "q4": "a", "q5": "c", "q6": {"b", "d"}}
