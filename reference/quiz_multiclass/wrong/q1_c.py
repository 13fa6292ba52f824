"""The sum: It depends on the weights."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = "The single outputs depend on the weights. What were they divided by?"

answers = {"q1": "c", "q2": "c", "q3": "a", "q4": "d", "q5": "a", "q6": {"a", "c"}}
