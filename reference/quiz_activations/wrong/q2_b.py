"""No activation anywhere: Polynomials."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "A product of inputs never appears, however many layers there are."

answers = {"q1": "a", "q2": "b", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
