"""The texts for the written lab. Graded like a submission; never enters a room that runs student code."""

scaling = (
    "The slope along a weight grows with the input it belongs to. If one input is a thousand times larger, its "
    "gradient is, too, and the step has to be tiny so that this weight does not leap. All others then hardly move."
)

test_data = (
    "A network can learn its training data by heart and still fail elsewhere, which is called overfitting. Only data "
    "that it has never seen show how well it does with what is new, and that is what it was made for."
)
