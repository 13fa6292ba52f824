"""Why from_logits: Softmax cannot be differentiated."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "It can; the question is how exactly the numbers come out."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "c", "q5": "a", "q6": {"a", "c"}}
