"""Transfer learning: a frozen VGG16 base with a new head, and where its 27 million parameters come from.

Nothing is downloaded and nothing is trained: the base has random weights, and only its form is asked about.
"""

from hypothesis import strategies as st

from grader.assignment import Assignment
from grader.checks.function import FunctionCheck, FunctionExercise
from grader.checks.inputs import calls, examples
from grader.checks.model import AnyLayer, DenseLayer, ModelCheck, ModelExercise
from grader.limits import RoomLimits

#: building VGG16 takes about a second of computing time; a busy machine may need several
SLOW = RoomLimits(cpu_seconds=30)

DENSE_PARAMETERS = FunctionExercise(
    id="dense_parameters",
    title="Counting a Dense layer",
    target="dense_parameters",
    markers=("dense_parameters",),
    checks=(
        FunctionCheck(
            id="example",
            title="The head of the model",
            points=8,
            inputs=examples((25088, 512), (512, 10), (4, 3), (1, 1)),
            passed="12,845,568 and 5,130 for the two layers of the head, and right for two small ones.",
            failed="One of four layers is not counted right.",
            hint="Draw a layer with 4 inputs and 3 units: how many lines, and what else belongs to a unit?",
        ),
        FunctionCheck(
            id="drawn",
            title="Any Dense layer",
            points=12,
            inputs=calls(st.integers(1, 40), st.integers(1, 40), count=15),
            passed="Right for every pair of sizes that was tried.",
            failed="There is a layer that is not counted right.",
            hint="Every unit has one weight for each input, and one bias.",
        ),
    ),
)

CONV_PARAMETERS = FunctionExercise(
    id="conv_parameters",
    title="Counting a convolutional layer",
    target="conv_parameters",
    markers=("conv_parameters",),
    checks=(
        FunctionCheck(
            id="example",
            title="The first layers of VGG16",
            points=8,
            inputs=examples((3, 3, 64), (3, 64, 64), (1, 2, 5), (5, 1, 1)),
            passed="1,792 and 36,928 for the first two layers of VGG16, and right for two small ones.",
            failed="One of four layers is not counted right.",
            hint="One filter is a small box: its height, its width, and how deep the input is.",
        ),
        FunctionCheck(
            id="drawn",
            title="Any square filter",
            points=12,
            inputs=calls(st.integers(1, 7), st.integers(1, 20), st.integers(1, 20), count=15),
            passed="Right for every size that was tried.",
            failed="There is a layer that is not counted right.",
            hint="How many weights has one filter, how many filters are there, and what does each have besides?",
        ),
    ),
)

MODEL = ModelExercise(
    id="model",
    title="A frozen base and a new head",
    target="model",
    markers=("model",),
    limits=SLOW,
    features=(224, 224, 3),
    layers=(
        AnyLayer(kind="Functional", parameters=14_714_688, output=(7, 7, 512), trainable=False),
        AnyLayer(kind="Flatten", output=(25_088,)),
        DenseLayer(units=512, activation="relu"),
        DenseLayer(units=10, activation="softmax"),
    ),
    checks=(
        ModelCheck(
            id="runs",
            title="Pictures become ten probabilities",
            aspect="runs",
            points=6,
            passed="It takes pictures of 224 times 224 points and gives ten numbers for each.",
            failed="It does not turn pictures of 224 times 224 points in three colours into ten numbers.",
            hint="The base needs to be told the shape of a picture, and the head ends with one unit for each class.",
        ),
        ModelCheck(
            id="layers",
            title="Base, Flatten, Dense, Dense",
            aspect="layers",
            points=10,
            needs=("runs",),
            passed="It is a Sequential of the base, Flatten and two Dense layers.",
            failed="It is not a Sequential of the base, Flatten and two Dense layers.",
            hint="The whole base counts as one layer of the Sequential. Flatten lays its output out as one row.",
            hints={
                "GlobalAveragePooling2D": "Averaging keeps 512 numbers of 25,088. The lab asks for all of "
                "them, in one row.",
            },
        ),
        ModelCheck(
            id="units",
            title="512 and 10 units",
            aspect="units",
            points=10,
            needs=("runs",),
            passed="The Dense layers have 512 and 10 units.",
            failed="The Dense layers do not have 512 and 10 units.",
            hint="512 units in between, and one for each of the ten classes.",
        ),
        ModelCheck(
            id="activations",
            title="ReLU, then softmax",
            aspect="activations",
            points=10,
            needs=("runs",),
            passed="The hidden layer of the head uses ReLU, and the output layer softmax.",
            failed="The activations of the head are not ReLU and softmax.",
            hint="ReLU in between; softmax makes probabilities of the ten outputs.",
            hints={
                "linear in output": "Without softmax the ten outputs are sums, not probabilities.",
                "sigmoid in output": "Sigmoid answers ten questions one by one; the ten classes exclude each other.",
                "linear in hidden": "Without an activation in between, two Dense layers are worth no more than one.",
            },
        ),
        ModelCheck(
            id="trainable",
            title="The base is frozen, the head learns",
            aspect="trainable_parameters",
            points=14,
            needs=("runs",),
            passed="12,850,698 parameters learn: those of the head, and no other.",
            failed="Not just the 12,850,698 parameters of the head would learn.",
            hint="`trainable` says of a layer, or of a whole model, whether training may change it.",
        ),
        ModelCheck(
            id="parameters",
            title="27,565,386 parameters in all",
            aspect="parameters",
            points=10,
            needs=("runs",),
            passed="It has 14,714,688 + 12,845,568 + 5,130 = 27,565,386 parameters.",
            failed="It does not have 27,565,386 parameters.",
            hint="model.summary() shows the count of each layer; which one is not as in the table above the exercise?",
        ),
    ),
)

ASSIGNMENT = Assignment(
    id="transfer_learning",
    title="Transfer learning with VGG16",
    version="1",
    runtime="tensorflow",
    seed=16,
    exercises=(DENSE_PARAMETERS, CONV_PARAMETERS, MODEL),
)
