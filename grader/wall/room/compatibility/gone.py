"""Names and modules that a library no longer has: where code asks for one, it gets what stands for it today.

Only code of a notebook is served, cells and the files beside them. A library that asks whether NumPy has `trapz` tells
by the answer what else NumPy can do, so it hears the truth.
"""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

from grader.message import Message
from grader.wall.room.compatibility.spelling import SHORT, Spelling, in_full

Note = Callable[[Message], None]
Adapter = Callable[[Any, Note], None]

_HERE = str(Path(__file__).parent)
_IMPORTING = ("<frozen importlib", f"{Path(importlib.__file__).parent}/")
#: where libraries lie; the folder of the notebook's own files is not among them yet
_LIBRARIES = ("<frozen ", f"{_HERE}/", *(f"{folder}/" for folder in sys.path if Path(folder).is_absolute()))
_DOTTED = re.compile(r"(?<![\w.'])[A-Za-z_][\w.]*")
_OTHER_NAMES = (("keras._tf_keras.keras", "keras"), ("tensorflow.keras", "keras"), ("tensorflow._api.v2", "tensorflow"))


class Gone:
    """Serves what is gone. `note` is told the notice of each spelling that was used.

    `adapters` are given the module of their name as soon as it is loaded, to adapt what it holds. Nothing stands for
    what is `lost`: that it is missing is said by its full name, as of a module.
    """

    def __init__(
        self,
        names: Iterable[Spelling],
        modules: Iterable[Spelling],
        note: Note,
        *,
        replaced: Sequence[str] = (),
        refusals: Sequence[str] = (),
        lost: Sequence[str] = (),
        adapters: Mapping[str, Adapter] | None = None,
    ) -> None:
        self._note = note
        self._adapters = adapters or {}
        self._replaced = replaced
        self._refusals = refusals
        self._lost = lost
        self._modules = {each.old: each for each in modules}
        self._names = {each.full: each for each in names}
        self.homes = {each.home for each in self._names.values()}
        self.homes |= {each.rpartition(".")[0] for each in self._modules}
        self.homes |= self._adapters.keys()

    def install(self, *, replaced: Sequence[str]) -> None:
        """Adapt every module that is loaded, and each that will be. The modules `replaced` exist, and are not given."""
        for name in [each for each in sys.modules if each.startswith(tuple(replaced))]:
            del sys.modules[name]
        for name, module in list(sys.modules.items()):
            if known_as(name) in self.homes:
                self.adapt(name, module)
        sys.meta_path.insert(0, _Finder(self, tuple(replaced)))

    def adapt(self, name: str, module: types.ModuleType) -> None:
        """Have the module answer for names that it lost, and for those that are not to be had as they are."""
        for had, value in list(vars(module).items()):
            if f"{known_as(name)}.{had}" in self._replaced or getattr(value, "__name__", "") in self._refusals:
                delattr(module, had)
        if (more := self._adapters.get(name)) is not None:
            more(module, self._note)
        otherwise = module.__dict__.get("__getattr__") or _refusing(module)

        def answer(wanted: str) -> Any:
            if (full := f"{known_as(name)}.{wanted}") in self._lost:
                raise ModuleNotFoundError(f"No data set named {full!r}", name=full)
            if not is_library(sys._getframe(1)):
                found = self.value(full)
                if found is not None:
                    return found[0]
            return otherwise(wanted)

        module.__dict__["__getattr__"] = answer

    def value(self, full: str) -> tuple[Any] | None:
        """What stands for the name, alone in a tuple; None if it is none that is gone."""
        home, _, wanted = full.rpartition(".")
        spelling = self._names.get(full)
        if spelling is None and full in self._modules:
            module = self.stand_in(full)
            return None if module is None else (module,)
        if spelling is None and not wanted.startswith("_"):
            spelling = self._names.get(f"{home}.*")
        if spelling is None:
            return None
        anywhere = spelling.expression.split(" or ") if spelling.name == "*" else [spelling.expression]
        for expression in anywhere:
            with contextlib.suppress(AttributeError, ImportError):
                value = value_of(expression.replace(".*", f".{wanted}"))
                self._note(spelling.notice)
                return (value,)
        return None

    def listed(self, home: str, name: str) -> tuple[Any] | None:
        """What stands for a name that a table has of the module `home`; None for what is anybody's guess."""
        full = f"{known_as(home)}.{name}"
        return self.value(full) if full in self._names else None

    def is_gone(self, name: str) -> bool:
        """Whether a module of that name, or one above it, stands in the table."""
        return self._row(known_as(name)) is not None

    def stand_in(self, name: str, *, certainly: bool = True) -> types.ModuleType | None:
        """What stands for the module of that name; None if nothing does, or if it is not `certainly` one."""
        known = known_as(name)
        spelling = self._row(known)
        if spelling is None:
            return None
        below = known.removeprefix(spelling.old)
        for target in (spelling.new + below, *([spelling.new] if certainly else [])):
            module = _imported(target) or self.stand_in(target)
            if module is not None:
                self._note(spelling.notice)
                return _StandIn(name, module, self)
        return None

    def _row(self, known: str) -> Spelling | None:
        """The row of the longest part of a dotted name."""
        while known not in self._modules and known:
            known = known.rpartition(".")[0]
        return self._modules.get(known)


class _StandIn(types.ModuleType):
    """A module under an older name. Modules below it are asked for by name, not looked for in folders."""

    def __init__(self, name: str, module: types.ModuleType, gone: Gone) -> None:
        super().__init__(name)
        public = [each for each in dir(module) if not each.startswith("_")]
        self.__dict__.update(__path__=[], __all__=public, _module=module, _gone=gone)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """What bore the name of the module once: `keras.optimizers.adam` was both."""
        found = self._gone.value(known_as(self.__name__))
        if found is None:
            raise TypeError("'module' object is not callable")
        return found[0](*args, **named)

    def __getattr__(self, wanted: str) -> Any:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        try:
            return getattr(self._module, wanted)
        except AttributeError:
            found = self._gone.value(f"{known_as(self._module.__name__)}.{wanted}")
            module = None if found else self._gone.stand_in(f"{self.__name__}.{wanted}", certainly=False)
            if found is None and module is None:
                raise
            return found[0] if found else module


class _Finder(MetaPathFinder, Loader):
    """Finds modules that are gone, and adapts those that are there while they are loaded."""

    def __init__(self, gone: Gone, replaced: tuple[str, ...]) -> None:
        self._gone = gone
        self._replaced = replaced

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """What importlib asks a finder."""
        del target
        if not fullname.startswith(self._replaced):
            lost_names, is_gone = known_as(fullname) in self._gone.homes, self._gone.is_gone(fullname)
            there = PathFinder.find_spec(fullname, path) if lost_names or is_gone else None
            if there is not None or not is_gone:
                return self._adapting(there) if lost_names else None
        frame, by_name = _importing_frame()
        if is_library(frame):
            return None
        module = self._gone.stand_in(fullname, certainly=by_name)
        return None if module is None else ModuleSpec(fullname, self, loader_state=module, is_package=True)

    def _adapting(self, spec: ModuleSpec | None) -> ModuleSpec | None:
        if spec is not None and spec.loader is not None:
            spec.loader = _Adapting(spec.loader, self._gone)
        return spec

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """The module that was found."""
        module: types.ModuleType = spec.loader_state
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """It is complete."""


class _Adapting(Loader):
    """Loads a module as its own loader does, and then has it answer for what it lost."""

    def __init__(self, loader: Any, gone: Gone) -> None:
        self._loader = loader
        self._gone = gone

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """As its own loader."""
        module: types.ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        """As its own loader, and a little more."""
        self._loader.exec_module(module)
        self._gone.adapt(module.__name__, module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def known_as(module: str) -> str:
    """The name under which the tables know a module: TensorFlow's Keras is Keras."""
    for other, name in _OTHER_NAMES:
        if module == other or module.startswith(f"{other}."):
            return name + module.removeprefix(other)
    return module


def value_of(expression: str) -> Any:
    """The value of an expression of our tables, in which any module may be named."""
    names: dict[str, Any] = {}
    for dotted in map(in_full, _DOTTED.findall(expression)):
        parts = dotted.split(".")
        for count in range(1, len(parts) + 1):
            module = _imported(".".join(parts[:count]))
            if module is None:
                break
            names.setdefault(parts[0], module)
    names |= {short: sys.modules[full] for short, full in SHORT.items() if full in sys.modules}
    return eval(compile(expression, __file__, "eval"), names)  # noqa: S307  # the text is ours


def _imported(name: str) -> types.ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _refusing(module: types.ModuleType) -> Callable[[str], Any]:
    def refuse(wanted: str) -> Any:
        raise AttributeError(f"module {module.__name__!r} has no attribute {wanted!r}", name=wanted, obj=module)

    return refuse


def _importing_frame() -> tuple[types.FrameType | None, bool]:
    """Whose code imports; and whether it names the module, rather than a name that might be one of a module."""
    frame: types.FrameType | None = sys._getframe(2)
    by_name = True
    while frame is not None and frame.f_code.co_filename.startswith(_IMPORTING):
        by_name &= frame.f_code.co_name != "_handle_fromlist"
        frame = frame.f_back
    return frame, by_name


def is_library(frame: types.FrameType | None) -> bool:
    """Whether the code of the frame belongs to a library, or to us, rather than to a notebook."""
    return frame is None or frame.f_code.co_filename.startswith(_LIBRARIES)


def by_notebook(frame: types.FrameType | None, *, through: tuple[str, ...] = ()) -> bool:
    """Whether code of a notebook called what the frame belongs to, by way of nothing but us and what lies `through`."""
    while frame is not None and frame.f_code.co_filename.startswith((f"{_HERE}/", *through)):
        frame = frame.f_back
    return not is_library(frame)
