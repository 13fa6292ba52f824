"""The dictionary is filled question by question."""

EXERCISE = "answers"

answers = {}
answers["q1"] = "c"
answers["q2"] = "a"
answers["q3"] = "b"
answers["q4"] = "b, d"
answers["q5"] = "d"
answers["q6"] = "c"
