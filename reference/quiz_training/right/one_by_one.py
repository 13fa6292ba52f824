"""The dictionary is filled question by question."""

EXERCISE = "answers"

answers = {}
answers["q1"] = "b"
answers["q2"] = "c"
answers["q3"] = "d"
answers["q4"] = "a, c"
answers["q5"] = "b"
answers["q6"] = "a"
