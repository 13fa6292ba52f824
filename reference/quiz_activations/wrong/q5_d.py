"""A number of visitors: Linear."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "A linear unit can do it, but it may also predict fewer than 0 visitors."

answers = {"q1": "a", "q2": "c", "q3": "b", "q4": "a", "q5": "d", "q6": {"b", "d"}}
