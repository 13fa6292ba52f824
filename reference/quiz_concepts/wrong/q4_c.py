"""Why windows help: It has more weights."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "Count them: a window has few weights, and shares them."

answers = {"q1": "c", "q2": "a", "q3": "b", "q4": {"c"}, "q5": "d", "q6": "c"}
