"""A certain and wrong network: Exactly 0.999."""

EXERCISE = "answers"
LOSES = ("q3",)
HINT = "The loss is the negative logarithm of the probability, not its distance from 1."

answers = {"q1": "b", "q2": "c", "q3": "c", "q4": "d", "q5": "a", "q6": {"a", "c"}}
