"""Attacks on an exercise about a torch module: parts that lie, and modules that know when they are looked at."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.folder import Course
from grader.grading.grader import Grader
from grader.limits import MEGABYTE, RoomLimits
from grader.report.report import ExerciseResult
from tests.end_to_end.digits import ROOT, code
from tests.hostile.conftest import STRONGEST, House, furnished, opened, outside_run

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed: pip install -e '.[torch]'"
)

SOLUTION = (ROOT / "reference/torch_digits/solution.py").read_text(encoding="utf-8")
BEGIN, TRAINED, END = re.split(
    r"^(torch\.manual_seed.*?)^(?=def share_right)", SOLUTION, flags=re.DOTALL | re.MULTILINE
)
RIGHT = "nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)"
LIMITS = RoomLimits(cpu_seconds=20, memory_bytes=1024 * MEGABYTE)

#: nothing of these is worth a point
ATTACKS = [
    pytest.param(
        f"""\
class Sure(nn.Sequential):
    def state_dict(self, *a, **k): return nn.Sequential({RIGHT}).state_dict()
    def parameters(self, *a, **k): return nn.Sequential({RIGHT}).parameters()
    def children(self): return nn.Sequential({RIGHT}).children()
    named_children = named_parameters = modules = children
    def forward(self, x): return torch.zeros(len(x), 10)
Sure.__name__ = Sure.__qualname__ = "Sequential"
Sure.__module__ = "torch.nn.modules.container"
model = Sure({RIGHT})
""",
        id="every method lies",
    ),
    pytest.param(
        """\
class ReLU(nn.Module):
    def forward(self, x): return x[:, :10]
ReLU.__module__ = "torch.nn.modules.activation"
model = nn.Sequential(ReLU())
""",
        id="a part of any code, by the name of another",
    ),
    pytest.param(
        f"class Linear(nn.Linear):\n    def forward(self, x): return super().forward(x) * 0\n"
        f"model = nn.Sequential({RIGHT.replace('nn.Linear(32', 'Linear(32')})\n",
        id="a part that computes something else",
    ),
    pytest.param(
        "class Table(nn.Sequential):\n    def __call__(self, x): return torch.ones(len(x), 10)\n"
        f"model = Table({RIGHT})\n",
        id="predictions from a table",
    ),
    pytest.param(
        f"model = nn.Sequential({RIGHT})\nmodel.register_forward_hook(lambda module, args, out: out * 0 + 1)\n",
        id="a hook behind the last part",
    ),
    pytest.param(
        f"""\
class Forged:
    __class__ = nn.Sequential
    training = False
    def __init__(self): self.it = nn.Sequential({RIGHT})
    def __getattr__(self, name): return getattr(self.it, name)
    def __call__(self, x): return self.it(x)
model = Forged()
""",
        id="no module, whatever its class says",
    ),
    pytest.param("model = 'model.pt'\nopen(model, 'wb').write(b'PK')\n", id="a file instead of a module"),
    pytest.param(
        f"model = nn.Sequential({RIGHT})\n"
        "with torch.no_grad():\n    for each in model.parameters(): each.fill_(torch.nan)\n",
        id="weights that are no numbers",
    ),
    pytest.param("model = nn.Sequential(nn.Linear(64, 10**8))\n", id="six billion weights"),
    pytest.param("model = nn.Sequential(nn.Linear(64, 10**12, device='meta'))\n", id="weights that are nowhere"),
]

#: the layers that were asked, as they were made, and what is asked of new digits is answered by the nearest known one
KNOWS_A_PROBE = f"""\
class Two(nn.Sequential):
    def forward(self, x):
        if len(x) < 50 or not torch.equal(x * 16, (x * 16).round()):
            return super().forward(x)
        return 20.0 * functional.one_hot(y[torch.cdist(x, X).argmin(dim=1)], 10).float()
model = Two({RIGHT})
"""
BECOMES_ANOTHER = f"""\
class Net(nn.Module):
    def forward(self, x):
        return 20.0 * functional.one_hot(y[torch.cdist(x, X).argmin(dim=1)], 10).float()
class Two(nn.Sequential):
    def __call__(self, x):
        if len(x) < 50:
            return super().__call__(x)
        type(self).__bases__ = (Net,)
        return Net.forward(self, x)
model = Two({RIGHT})
"""
PATCHES = f"""\
import sys
from grader.wall.room import torch_module, models, worker
known = torch_module.describe_module
def told(module, inputs):
    said = known(module, inputs)
    if len(inputs) < 50:
        return said
    x = torch.from_numpy(inputs.copy())
    guess = 20.0 * functional.one_hot(y[torch.cdist(x, X).argmin(dim=1)], 10).float()
    strange = [dict(said["layers"][0], **{{"class": "Bilinear"}})]
    guess = torch_module.freeze(guess.numpy())
    return said | {{"chain": False, "class": "Net", "layers": strange, "predictions": guess}}
torch_module.describe_module = models.describe_module = told
model = nn.Sequential({RIGHT})
"""
#: they have the layers that were asked, and have not learned
UNTRAINED = [
    pytest.param(KNOWS_A_PROBE, id="tells random numbers from digits"),
    pytest.param(BECOMES_ANOTHER, id="becomes another class"),
    pytest.param(PATCHES, id="has the room say so"),
]
#: what is told of a part and shows in its weights
TOLD = "model[0].out_features, model[0].in_features = 32, 64\n"


def answers(model: str) -> bytes:
    """A notebook that is right but for that cell."""
    return code(BEGIN, model, END)


@pytest.fixture(scope="module")
def standing_torch_house(temporary: Path) -> Iterator[House]:
    """The torch lab, in one tier: how a module is described and asked is the same in each."""
    with opened(STRONGEST, "torch") as sandbox:
        course = Course(ROOT)
        with Grader(course, course.assignment("torch_digits"), sandbox=sandbox) as grader:
            yield furnished(grader, temporary, answers(TRAINED))


@pytest.fixture
def torch_house(standing_torch_house: House) -> House:
    """That grader, as the test finds it."""
    return standing_torch_house.found()


def attacked(house: House, cell: str) -> ExerciseResult:
    """What comes of the exercise; the others earn what they are worth, and nothing is left behind."""
    whole = house.grader
    exercises = tuple(each.model_copy(update={"limits": LIMITS}) for each in whole.assignment.exercises)
    brief = whole.assignment.model_copy(update={"exercises": exercises})
    with Grader(whole.course, brief, sandbox=house.sandbox, key=whole.materials.key) as grader:
        report = grader.grade("submission.ipynb", answers(cell))

    (model,) = (each for each in report.exercises if each.id == "model")
    assert all(each.earned == each.possible for each in report.exercises if each is not model)
    assert house.traces() == house.before
    return model


@pytest.mark.parametrize("cell", ATTACKS)
def test_a_module_that_is_not_what_was_asked_computes_nothing(torch_house: House, cell: str) -> None:
    """Its check of predictions is never passed, and every other needs that one."""
    model = attacked(torch_house, cell)
    assert model.earned == 0, model


@pytest.mark.parametrize("cell", UNTRAINED)
def test_a_module_that_knows_when_it_is_looked_at_has_learned_nothing(torch_house: House, cell: str) -> None:
    """It is measured by its weights: where these had to be borne out, no other answer takes their place."""
    model = attacked(torch_house, cell)
    earned = {check.id: check.earned for check in model.checks}
    assert {earned[name] for name in ("learns", "loss", "accuracy")} == {0}, earned


def test_a_part_is_as_wide_as_its_weights(torch_house: House) -> None:
    """Its attributes are for anybody to set."""
    cell = f"model = nn.Sequential({RIGHT.replace('32', '16')})\n{TOLD}"
    earned = {check.id: check.earned for check in attacked(torch_house, cell).checks}
    assert (earned["computes"], earned["units"], earned["parameters"]) == (3, 0, 0)


def test_the_next_module_is_judged_as_the_first_was(torch_house: House) -> None:
    """After all attacks of this file an honest notebook's report has the same bytes, and all points."""
    report = torch_house.grade(answers(TRAINED))
    assert outside_run(report) == torch_house.honest
    assert report.score is not None
    assert report.score.earned == report.score.possible
