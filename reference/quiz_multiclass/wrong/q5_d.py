"""Reading the answer: Round the sum of the outputs."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "The sum says nothing about which of them is the largest."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "d", "q5": "d", "q6": {"a", "c"}}
