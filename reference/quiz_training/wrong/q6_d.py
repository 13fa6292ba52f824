"""Loss and cost: There is none."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "They are close relatives, but one of them is an average over many of the other."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "d"}
