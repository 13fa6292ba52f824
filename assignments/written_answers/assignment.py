"""Answers in prose: of two a length and a few terms are looked for, and a person marks a third."""

from grader.lab import *

LENGTH = check("length", "Long enough", 10, HasWords(25)).says(
    "It is long enough to explain something.",
    "It is too short to explain something.",
    "Write two or three whole sentences. In Chinese, each character counts as a word.",
)

SCALED = "**Why does training go faster when all inputs are of similar size?**"
APART = "**Why are test data kept apart from training data?**"

ASSIGNMENT = lab(
    "written_answers",
    "Training in your own words",
    text(
        "scaling",
        "Why inputs are scaled",
        prompt=SCALED,
    ).checks(
        LENGTH,
        check("terms", "What it is about", 40, needs="length")
        .asks(
            mentions(
                ("gradient", "gradients", "slope", "slopes", "梯度", "斜率"),
                ("step", "steps", "learning rate", "步长", "步", "学习率"),
                ("weight", "weights", "parameter", "parameters", "权重", "参数"),
            )
        )
        .says(
            "It names what matters in an answer.",
            "Something that matters in an answer is not named in it.",
            "What changes in training, which way does it go, and how far at a time?",
        ),
    ),
    text("test_data", "Why test data are kept apart", prompt=APART).checks(
        LENGTH,
        check("terms", "What it is about", 40, needs="length")
        .asks(
            mentions(
                ("overfit", "overfits", "overfitting", "memorize", "memorizes", "by heart", "过拟合", "死记", "背下"),
                ("new", "unseen", "unknown", "generalize", "generalizes", "generalise", "新", "没见过", "泛化"),
            )
        )
        .says(
            "It names what matters in an answer.",
            "Something that matters in an answer is not named in it.",
            "Which mistake would nobody notice without them, and for which data is a model made?",
        ),
    ),
    to_mark=(
        ToMark(
            id="own_example",
            title="An example of your own",
            points=20,
            prompt="**Which task of your own could a network learn, and how would you find out whether it has?**",
            rubric="10 for a task with inputs and outputs, 10 for a measure on data that the network has not seen",
        ),
    ),
    seed=1732050807,
)
