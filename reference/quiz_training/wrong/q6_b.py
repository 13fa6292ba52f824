"""Loss and cost: The loss is for classes, the cost for numbers."""

EXERCISE = "answers"
LOSES = ("q6",)
HINT = "Both words are used for classes as well as for numbers."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "b"}
