"""One epoch: 50."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "50 is the size of a batch. How many of those does it take to see every example once?"

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "a", "q6": "a"}
