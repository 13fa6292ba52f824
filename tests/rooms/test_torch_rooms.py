"""PyTorch in rooms of both tiers: tensors cross as arrays, modules are described, and nothing hangs after a fork."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from grader.judging.description import Description, parse_description
from grader.judging.forward import forward
from grader.judging.torch_passes import TORCH
from grader.lab import Value, tensor
from grader.limits import RoomLimits
from grader.wall.protocol import Answer, Call, Describe, Opened, Returned, Unsupported
from grader.wall.sandbox import Sandbox
from grader.wall.values import Array, array
from tests.english import spoken
from tests.hostile.conftest import TIERS
from tests.hostile.conftest import opened as opened_tier
from tests.rooms.jobs import job, opened

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed: pip install -e '.[torch]'"
)

LIMITS = RoomLimits(cpu_seconds=30)
IMPORTS = "import numpy as np\nimport torch\nfrom torch import nn"


@pytest.fixture(scope="module", params=TIERS)
def locked(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of each tier with torch."""
    with opened_tier(request.param, "torch") as given:
        yield given


def asked(sandbox: Sandbox, source: str, *arguments: Value) -> list[Answer]:
    """What a room says to a call of `f` with each argument."""
    with opened(sandbox, IMPORTS, source) as room:
        return list(room.ask([Call(id=n, target="f", args=(each,)) for n, each in enumerate(arguments)]))


def test_a_tensor_is_one_in_the_room_and_an_array_here(locked: Sandbox) -> None:
    """Decimals have single precision there, and what was left alone is told to be."""
    given = tensor([[1.0, 2.5], [0.0, -1.0]])
    (answer,) = asked(locked, "def f(x):\n    return [x.matmul(x), str(x.dtype), x.shape == torch.Size([2, 2])]", given)

    assert isinstance(answer, Returned), answer
    assert isinstance(answer.value, list)
    product, dtype, shape = answer.value
    assert isinstance(product, Array)
    assert (product.kind, product.data.dtype.name) == ("tensor", "float32")
    assert product.data.tolist() == (given.data @ given.data).tolist()
    assert (dtype, shape) == ("torch.float32", True)
    assert answer.arguments is not None
    assert isinstance(answer.arguments[0], Array)
    assert answer.arguments[0].kind == "tensor"


def test_a_tensor_that_was_changed_is_told_to_be(locked: Sandbox) -> None:
    """As an array is."""
    (answer,) = asked(locked, "def f(x):\n    x[0] = 7\n    return x.sum()", tensor([1.0, 2.0]))
    assert isinstance(answer, Returned)
    assert answer.arguments is not None
    assert isinstance(answer.arguments[0], Array)
    assert answer.arguments[0].data.tolist() == [7.0, 2.0]


ODD_TENSORS = """
class Lying(torch.Tensor):
    def detach(self): return self.new_zeros(2)
    def numpy(self): return np.zeros(2)
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return "nothing"

class Forged:
    __class__ = torch.Tensor
    __module__ = "torch"
    def detach(self): return self
    def numpy(self): return np.zeros(2)

shared = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
kinds = {
    "lying": lambda: torch.tensor([1.0, 2.0]).as_subclass(Lying),
    "forged": lambda: Forged(),
    "needs a slope": lambda: torch.tensor([1.0, 2.0], requires_grad=True) * 2,
    "parameter": lambda: nn.Parameter(torch.tensor([1.0, 2.0])),
    "sparse": lambda: torch.tensor([[0.0, 1.0], [2.0, 0.0]]).to_sparse(),
    "sparse and huge": lambda: torch.sparse_coo_tensor([[0], [0]], [1.0], (10**6, 10**6)),
    "one entry, expanded": lambda: torch.zeros(1).expand(10**12),
    "huge": lambda: torch.zeros(50_000_000),
    "a view": lambda: [shared[:, 1], shared.T, shared],
    "conjugate": lambda: torch.tensor([1 + 2j]).conj(),
    "short": lambda: torch.tensor([1.5, -2.0], dtype=torch.bfloat16),
    "half": lambda: torch.tensor([1.5], dtype=torch.float16),
    "no storage": lambda: torch.zeros(2, device="meta"),
    "nested deep": lambda: torch.zeros([1] * 9),
    "a module": lambda: nn.Linear(2, 2),
}

def f(name):
    return kinds[name]()
"""


def test_whatever_a_tensor_says_of_itself_its_numbers_cross_or_it_is_refused(locked: Sandbox) -> None:
    """By the library's own methods; what is too large for an answer is never sent, and the room lives on."""
    names = [line.split('"')[1] for line in ODD_TENSORS.splitlines() if line.startswith('    "')]
    said = dict(zip(names, asked(locked, ODD_TENSORS, *names), strict=True))
    values = {name: answer.value for name, answer in said.items() if isinstance(answer, Returned)}
    crossed = {name: (each.kind, each.data.tolist()) for name, each in values.items() if isinstance(each, Array)}

    assert crossed == {
        "lying": ("tensor", [1.0, 2.0]),
        "needs a slope": ("tensor", [2.0, 4.0]),
        "parameter": ("variable", [1.0, 2.0]),
        "sparse": ("tensor", [[0.0, 1.0], [2.0, 0.0]]),
        "conjugate": ("tensor", [1 - 2j]),
        "short": ("tensor", [1.5, -2.0]),
        "half": ("tensor", [1.5]),
    }
    assert [part.data.tolist() for part in values["a view"]] == [  # type: ignore[union-attr]  # three arrays
        [2.0, 4.0],
        [[1.0, 3.0], [2.0, 4.0]],
        [[1.0, 2.0], [3.0, 4.0]],
    ]
    huge = {"huge", "one entry, expanded"}  # more than an answer may be, or than a room has memory for
    refused = {name for name, answer in said.items() if isinstance(answer, Unsupported)}
    assert refused - huge == {"forged", "sparse and huge", "no storage", "nested deep", "a module"}
    assert set(said) - set(values) - refused <= huge


PARALLEL = """
def f(n):
    torch.manual_seed(3)
    big = torch.randn(600, 600)
    model = nn.Sequential(nn.Linear(600, 300), nn.ReLU(), nn.Linear(300, 1))
    loss = model(big @ big).mean()
    loss.backward()
    return [torch.get_num_threads(), torch.isfinite(loss).item(), model[0].weight.grad.shape[0]]
"""


def test_products_and_slopes_are_worked_out_in_a_fork(locked: Sandbox) -> None:
    """The zygote has loaded torch and started none of its threads; a room has one of them."""
    for answer in (*asked(locked, PARALLEL, 1), *asked(locked, PARALLEL, 2)):
        assert isinstance(answer, Returned), answer
        assert answer.value == [1, True, 300]


def test_chance_is_that_of_the_seed(locked: Sandbox) -> None:
    """Two rooms of one seed draw alike, as everywhere."""
    first, again = (asked(locked, "def f(n):\n    return torch.rand(3)", 1)[0] for _ in range(2))
    assert isinstance(first, Returned)
    assert isinstance(again, Returned)
    assert first.value.data.tolist() == again.value.data.tolist()  # type: ignore[union-attr]  # arrays


PICTURES = np.random.default_rng(1).random((3, 2, 7, 6), dtype=np.float32)
ROWS = np.random.default_rng(2).random((5, 4), dtype=np.float32)
REDONE = {
    "Linear": (ROWS, "nn.Linear(4, 3), nn.ReLU(), nn.Dropout(0.5), nn.Linear(3, 2, bias=False), nn.Identity()"),
    "Tanh": (ROWS, "nn.Tanh(), nn.Sequential(nn.Linear(4, 2), nn.Sigmoid())"),
    "Softmax": (ROWS, "nn.Linear(4, 3), nn.Softmax(dim=1)"),
    "BatchNorm1d": (ROWS, "nn.BatchNorm1d(4), nn.LeakyReLU(0.2)"),
    "Conv2d": (PICTURES, "nn.Conv2d(2, 3, 3), nn.ReLU()"),
    "Conv2d, padded": (PICTURES, "nn.Conv2d(2, 4, (3, 2), stride=2, padding=1, dilation=(2, 1), bias=False)"),
    "MaxPool2d": (PICTURES, "nn.MaxPool2d(2), nn.Flatten()"),
    "MaxPool2d, padded": (PICTURES, "nn.MaxPool2d(3, stride=2, padding=1), nn.BatchNorm2d(2, affine=False)"),
    "BatchNorm2d": (PICTURES, "nn.BatchNorm2d(2, eps=0.1)"),
}
MADE = """
model = nn.Sequential({layers})
with torch.no_grad():
    for part in [*model.parameters(), *model.buffers()]:
        if part.is_floating_point():
            part.uniform_(0.1, 1.0)
"""


def described(sandbox: Sandbox, source: str, inputs: npt.NDArray[np.float32] = ROWS) -> Description:
    """What a room says of `model`."""
    with sandbox.room(LIMITS) as room:
        went = room.open(job(IMPORTS, source, target="model"))
        assert isinstance(went, Opened)
        assert went.failures == ()
        (answer,) = room.ask([Describe(id=0, target="model", inputs=array(inputs))])
    assert isinstance(answer, Returned), answer
    return parse_description(answer.value)


def test_the_forward_pass_of_every_layer_agrees_with_torch(locked: Sandbox) -> None:
    """From weights and state alone; no module that is redone is said to predict otherwise."""
    different = []
    for name, (inputs, layers) in REDONE.items():
        model = described(locked, MADE.format(layers=layers), inputs)
        recomputed = forward(model, inputs)
        assert model.predictions is not None, name
        if recomputed is None or not np.allclose(model.predictions, recomputed, atol=1e-4):
            different.append(name)

    assert different == []


def test_every_layer_that_is_redone_is_among_them() -> None:
    """A row more asks for a case more."""
    assert sorted(name for name in TORCH if not any(name in layers for _, layers in REDONE.values())) == []


def test_a_module_is_described_by_its_parts(locked: Sandbox) -> None:
    """Classes as the library knows them, outputs, parameters, which of them learn, and how it was left."""
    source = "model = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))\nmodel[0].weight.requires_grad = False"
    model = described(locked, source)

    assert (model.class_name, model.chain, model.training) == ("Sequential", True, True)
    assert [layer.class_name for layer in model.layers] == ["Linear", "ReLU", "Linear"]
    assert [getattr(layer, "units", None) for layer in model.layers] == [3, None, 2]
    assert (model.parameters, model.learning) == (23, 11)
    assert described(locked, source + "\nmodel.eval()").training is False


OWN = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out, self.hidden = nn.Linear(3, 2), nn.Linear(4, 3)
    def forward(self, x):
        return self.out(torch.relu(self.hidden(x)))
    def children(self):
        return iter(())
model = Net()
"""


def test_a_class_of_the_students_own_has_no_order_but_the_one_it_was_made_in(locked: Sandbox) -> None:
    """What it predicts is then what is measured; its parts are those that the library knows of, whatever it says."""
    model = described(locked, OWN)

    assert (model.class_name, model.chain, model.parameters) == ("Net", False, 23)
    assert model.predictions is not None
    assert forward(model, ROWS) is None


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        pytest.param("model = nn.Sequential()", "It has no layers.", id="no layers"),
        pytest.param("model = nn.Linear(9, 2)", "Given inputs of shape (m, 4), it raised RuntimeError:", id="width"),
    ],
)
def test_a_module_that_does_not_predict_says_why(locked: Sandbox, source: str, refusal: str) -> None:
    """In words of ours, with the library's reason."""
    assert spoken(described(locked, source).refusal).startswith(refusal)


def test_what_is_no_module_is_said_to_be_none(locked: Sandbox) -> None:
    """Whatever it says its class is."""
    forged = "class Forged:\n    __class__ = nn.Linear\nmodel = Forged()"
    with locked.room(LIMITS) as room:
        room.open(job(IMPORTS, forged, target="model"))
        (answer,) = room.ask([Describe(id=0, target="model", inputs=array(ROWS))])
    assert isinstance(answer, Unsupported), answer
    assert spoken(answer.what) == "an object of type Forged, not a module of torch"
