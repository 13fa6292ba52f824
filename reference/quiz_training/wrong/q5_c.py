"""One epoch: 5,000."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "That would be one step for every single example, a batch size of 1."

answers = {"q1": "b", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "c", "q6": "a"}
