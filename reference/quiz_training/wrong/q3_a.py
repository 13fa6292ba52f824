"""The line that learns: model = Sequential([...])."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "This line lays out the layers. The weights get their first values, and learn nothing."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
