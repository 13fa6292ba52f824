"""Reading the answer: Take the first output above 0.5."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "These outputs are no probabilities, and several may be above 0.5, or none."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "d", "q5": "c", "q6": {"a", "c"}}
