"""The dictionary is filled question by question."""

EXERCISE = "answers"

answers = {}
answers["q1"] = "d"
answers["q2"] = "b"
answers["q3"] = "a"
answers["q4"] = "c"
answers["q5"] = "b"
answers["q6"] = "a"
answers["q7"] = "a, d"
