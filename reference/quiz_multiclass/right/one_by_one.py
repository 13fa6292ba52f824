"""The dictionary is filled question by question."""

EXERCISE = "answers"

answers = {}
answers["q1"] = "b"
answers["q2"] = "c"
answers["q3"] = "a"
answers["q4"] = "d"
answers["q5"] = "a"
answers["q6"] = "a, c"
