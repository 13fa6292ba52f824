"""Names them in words."""

EXERCISE = "classes"
LOSES = ("value",)
HINT = "These are words. Which numbers stand in y_train?"


classes = ["zero", "one", "two", "three"]
