"""Takes columns for alike that share an entry in the same row."""

EXERCISE = "distinct_neurons"
LOSES = ("example", "drawn")
HINT = "You take two neurons for alike if one weight agrees. How many weights have to?"


def distinct_neurons(W):
    seen = []
    for column in W.T:
        if not any((column == other).any() for other in seen):
            seen.append(column)
    return len(seen)
