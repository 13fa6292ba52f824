"""Reading the answer: Take the largest output."""

EXERCISE = "answers"
LOSES = ("q5",)
HINT = "That is how large it is. The class is where it stands."

answers = {"q1": "b", "q2": "c", "q3": "a", "q4": "d", "q5": "b", "q6": {"a", "c"}}
