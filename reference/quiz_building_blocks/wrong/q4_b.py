"""Which initialisation for ReLU: 1/n."""

EXERCISE = "answers"
LOSES = ("q4",)
HINT = "That keeps the variance of linear units. ReLU cuts off about half of them."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "b", "q5": "b", "q6": "a", "q7": {"a", "d"}}
