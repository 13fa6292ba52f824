"""Label 3: -log a_1 - log a_2 - log a_3 - log a_4."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Only one of the four probabilities is that of the right class."

answers = {"q1": "b", "q2": "a", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
