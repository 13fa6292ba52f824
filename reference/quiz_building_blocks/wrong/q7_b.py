"""Without the top: Its first layers are left out."""

EXERCISE = "answers"
LOSES = ("q7",)
HINT = "The first layers see edges and colours, which are just what one wants to keep."

answers = {"q1": "d", "q2": "b", "q3": "a", "q4": "c", "q5": "b", "q6": "a", "q7": {"b"}}
