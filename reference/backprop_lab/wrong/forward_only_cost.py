"""Returns the cost without the steps."""

EXERCISE = "forward"
LOSES = ("c", "a", "d", "j")
HINT = "There is one number where four were asked: c, a and d belong beside J."


forward = 2.0
