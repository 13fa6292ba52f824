"""Fills a list without calling the step."""

EXERCISE = "descend"


def descend(w, curvature, learning_rate, steps):
    places = [w]
    for t in range(steps):
        places.append(places[t] - learning_rate * curvature * places[t])
    return places
