"""The loss for yes or no: Mean squared error."""

EXERCISE = "answers"
LOSES = ("q1",)
HINT = (
    "Squared error is at home where a number is predicted. For a probability it learns slowly when the "
    "answer is badly wrong."
)

answers = {"q1": "a", "q2": "c", "q3": "d", "q4": {"a", "c"}, "q5": "b", "q6": "a"}
