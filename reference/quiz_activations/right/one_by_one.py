"""The dictionary is filled question by question."""

EXERCISE = "answers"

answers = {}
answers["q1"] = "a"
answers["q2"] = "c"
answers["q3"] = "b"
answers["q4"] = "a"
answers["q5"] = "c"
answers["q6"] = "b, d"
