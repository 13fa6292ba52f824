"""Transfer learning: a frozen VGG16 base with a new head, and where its 27 million parameters come from.

Nothing is downloaded and nothing is trained: the base has random weights, and only its form is asked about.
"""

from hypothesis import strategies as st

from grader.lab import *

#: building VGG16 takes about a second of computing time; a busy machine may need several
SLOW = RoomLimits(cpu_seconds=30)

DENSE_PARAMETERS = function("dense_parameters", "Counting a Dense layer").checks(
    check("example", "The head of the model", 8, examples((25088, 512), (512, 10), (4, 3), (1, 1))).says(
        "12,845,568 and 5,130 for the two layers of the head, and right for two small ones.",
        "One of four layers is not counted right.",
        "Draw a layer with 4 inputs and 3 units: how many lines, and what else belongs to a unit?",
    ),
    check("drawn", "Any Dense layer", 12, calls(st.integers(1, 40), st.integers(1, 40), count=15)).says(
        "Right for every pair of sizes that was tried.",
        "There is a layer that is not counted right.",
        "Every unit has one weight for each input, and one bias.",
    ),
)

CONV_PARAMETERS = function("conv_parameters", "Counting a convolutional layer").checks(
    check("example", "The first layers of VGG16", 8, examples((3, 3, 64), (3, 64, 64), (1, 2, 5), (5, 1, 1))).says(
        "1,792 and 36,928 for the first two layers of VGG16, and right for two small ones.",
        "One of four layers is not counted right.",
        "One filter is a small box: its height, its width, and how deep the input is.",
    ),
    check("drawn", "Any square filter", 12)
    .asks(calls(st.integers(1, 7), st.integers(1, 20), st.integers(1, 20), count=15))
    .says(
        "Right for every size that was tried.",
        "There is a layer that is not counted right.",
        "How many weights has one filter, how many filters are there, and what does each have besides?",
    ),
)

MODEL = model(
    "model",
    "A frozen base and a new head",
    limits=SLOW,
    features=(224, 224, 3),
    layers=(
        AnyLayer(kind="Functional", parameters=14_714_688, output=(7, 7, 512), trainable=False),
        AnyLayer(kind="Flatten", output=(25_088,)),
        dense(512, "relu"),
        dense(10, "softmax"),
    ),
).checks(
    check("runs", "Pictures become ten probabilities", 6, Aspect("runs")).says(
        "It takes pictures of 224 times 224 points and gives ten numbers for each.",
        "It does not turn pictures of 224 times 224 points in three colours into ten numbers.",
        "The base needs to be told the shape of a picture, and the head ends with one unit for each class.",
    ),
    check("layers", "Base, Flatten, Dense, Dense", 10, needs="runs")
    .asks(
        Aspect(
            "layers",
            {
                "GlobalAveragePooling2D": "Averaging keeps 512 numbers of 25,088. The lab asks for all of "
                "them, in one row."
            },
        )
    )
    .says(
        "It is a Sequential of the base, Flatten and two Dense layers.",
        "It is not a Sequential of the base, Flatten and two Dense layers.",
        "The whole base counts as one layer of the Sequential. Flatten lays its output out as one row.",
    ),
    check("units", "512 and 10 units", 10, Aspect("units"), needs="runs").says(
        "The Dense layers have 512 and 10 units.",
        "The Dense layers do not have 512 and 10 units.",
        "512 units in between, and one for each of the ten classes.",
    ),
    check("activations", "ReLU, then softmax", 10, needs="runs")
    .asks(
        Aspect(
            "activations",
            {
                "linear in output": "Without softmax the ten outputs are sums, not probabilities.",
                "sigmoid in output": "Sigmoid answers ten questions one by one; the ten classes exclude each other.",
                "linear in hidden": "Without an activation in between, two Dense layers are worth no more than one.",
            },
        )
    )
    .says(
        "The hidden layer of the head uses ReLU, and the output layer softmax.",
        "The activations of the head are not ReLU and softmax.",
        "ReLU in between; softmax makes probabilities of the ten outputs.",
    ),
    check("trainable", "The base is frozen, the head learns", 14, Aspect("trainable_parameters"), needs="runs").says(
        "12,850,698 parameters learn: those of the head, and no other.",
        "Not just the 12,850,698 parameters of the head would learn.",
        "`trainable` says of a layer, or of a whole model, whether training may change it.",
    ),
    check("parameters", "27,565,386 parameters in all", 10, Aspect("parameters"), needs="runs").says(
        "It has 14,714,688 + 12,845,568 + 5,130 = 27,565,386 parameters.",
        "It does not have 27,565,386 parameters.",
        "model.summary() shows the count of each layer; which one is not as in the table above the exercise?",
    ),
)

ASSIGNMENT = lab(
    "transfer_learning",
    "Transfer learning with VGG16",
    DENSE_PARAMETERS,
    CONV_PARAMETERS,
    MODEL,
    runtime="tensorflow",
    seed=16,
)
