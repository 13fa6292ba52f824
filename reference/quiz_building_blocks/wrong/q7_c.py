"""Without the top: Its weights are frozen."""

EXERCISE = "answers"
LOSES = ("q7",)
HINT = "Whether weights learn is said with `trainable`."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"c"}}
