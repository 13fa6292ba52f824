"""No activation anywhere: Anything, if it is deep enough."""

EXERCISE = "answers"
LOSES = ("q2",)
HINT = "Depth helps only if something bends the line in between."

answers = {"q1": "a", "q2": "a", "q3": "b", "q4": "a", "q5": "c", "q6": {"b", "d"}}
