"""Gives the shape of the inputs."""

EXERCISE = "y_shape"
LOSES = ("value",)
HINT = "That is the shape of the inputs. How many numbers does each point have as its class?"


y_shape = (100, 2)
