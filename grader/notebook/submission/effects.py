"""What each statement changes without binding it, told from the whole notebook: objects, random states, files, globals.

`clf.fit(X, y)`, `np.random.seed(1)`, `random.shuffle(d)`, `init(params)`, `model.save("m.keras")`, and `main()` where
`main` says `global model`. Names that no notebook can bind stand for what has no name: a random state, a file, what a
network has learned. Work is counted in steps, so that no notebook makes it long.
"""

from __future__ import annotations

import builtins
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from grader.notebook.submission.cells import ParsedStatement
from grader.notebook.submission.deeds import Called, Routine
from grader.notebook.submission.library import (
    CHANGING,
    CHANGING_FIRST,
    CHANGING_GIVEN,
    DEEP,
    DRAWING,
    DRAWS_SILENTLY,
    FOR_FILES,
    IMPORTING,
    JUDGING,
    KNOWN,
    MOVING,
    READING,
    SEEDS,
    SETTINGS,
    TRAINING,
    WELL_KNOWN,
    is_test,
    only_shows,
    reads_file,
    seems_to_fill,
    state_drawn_from,
    writes_file,
)
from grader.notebook.submission.names import COSTLY_METHODS

MAX_STEPS: Final = 300_000  # for all statements together; real notebooks need some thousands
MAX_SAME: Final = 8  # names of one object that are followed
ROUNDS: Final = 4  # of functions that call functions; those defined above their callers need one
_CLASS: Final = re.compile(r"^class\s", re.MULTILINE)  # below its decorators
BUILTINS: Final = frozenset(dir(builtins))


def learned(name: str) -> str:
    """What stands for that which the network bound to `name` has learned."""
    return f"<learned {name}>"


def is_nameless(name: str) -> bool:
    """Whether it stands for something that no notebook can name: a random state, a file, a setting."""
    return name.startswith("<")


def settings_of(library: str) -> str:
    """What stands for the settings of a whole library."""
    return f"<settings {library}>"


def is_settings(name: str) -> bool:
    """Whether it stands for the settings of a library."""
    return name.startswith("<settings ")


def with_effects(statements: Sequence[ParsedStatement]) -> tuple[ParsedStatement, ...]:
    """The statements of a notebook, each with the names that it changes beside those that its own text shows."""
    notebook = _Notebook(statements)
    enriched = tuple(map(notebook.enriched, statements))
    written = {name for each in enriched for name in each.names.all_bound if name.startswith("<file ")}
    return tuple(_after_its_file(each, written) for each in enriched) if written else enriched


def _after_its_file(statement: ParsedStatement, written: set[str]) -> ParsedStatement:
    """An import of a module that the notebook writes itself runs where it stands, after what writes it."""
    named = (*(full for _, full in statement.deeds.imports), *statement.deeds.stars)
    now = _written({full.partition(".")[0] for full in named} | _imported(statement.deeds.calls), written)
    routines = statement.deeds.routines
    later = _written({name for each in routines for name in each.imports | _imported(each.calls)}, written)
    if not (now or later):
        return statement
    names = replace(statement.names, reads=statement.names.reads | now, reads_later=statement.names.reads_later | later)
    return replace(
        statement, names=names, traits=replace(statement.traits, imports=statement.traits.imports and not now)
    )


def _imported(calls: Iterable[Called]) -> set[str]:
    """What is imported by calls that are given its name."""
    return {name for each in calls if each.path[-1] in IMPORTING for name in each.files}


def _written(modules: Iterable[str], files: set[str]) -> set[str]:
    """What stands for the files of these modules, of those that the notebook writes."""
    return {f"<file {module}{ending}>" for module in modules for ending in (".py", "/__init__.py")} & files


@dataclass(slots=True, kw_only=True)
class _Effects:
    """What running something does to names outside of it. `perhaps`: it may change them, and may as well not."""

    sets: set[str] = field(default_factory=set)  # seeds of its own, and files
    binds: set[str] = field(default_factory=set)  # by what it calls
    changes: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    trains: set[str] = field(default_factory=set)

    def all(self) -> tuple[set[str], ...]:
        return self.sets, self.binds, self.changes, self.perhaps, self.reads, self.trains

    def add(self, other: _Effects, without: frozenset[str] = frozenset()) -> None:
        for mine, others in zip(self.all(), other.all(), strict=True):
            mine.update(others - without)


@dataclass(slots=True, kw_only=True)
class _Summary:
    """What a call of a function does: to names outside, to what it is given, and to its object if it is a method."""

    outside: _Effects = field(default_factory=_Effects)
    changes_given: bool = False
    trains_given: bool = False
    changes_own: bool = False
    trains_own: bool = False


class _Notebook:
    """What is known of the names of a whole notebook."""

    def __init__(self, statements: Sequence[ParsedStatement]) -> None:
        self.steps = 0
        self.origins = _Origins(statements)
        self._fixed = _never_assigned(statements)
        self._same = _same(statements)
        self._pictures = _coming_of(self.origins.names_from(DRAWING), _sources(statements))
        edges = _sources(statements) + _definitions(statements)
        self._deep = _coming_of(self.origins.names_from(DEEP), edges)
        known = self.origins.names_from(KNOWN) | {name for each in statements for name in each.names.defines}
        self._known = _coming_of(known, _sources(statements)) - self._deep
        self._classes = {name for each in statements if is_class(each) for name in each.names.defines}
        self._routines: dict[tuple[str, bool], _Summary] = {}
        routines = [routine for each in statements for routine in each.deeds.routines]
        for _ in range(ROUNDS if routines else 0):
            for routine in routines:
                self._summarize(routine)
        self._trained = {name for each in statements for name in self._trained_networks(self._of_calls(each))}

    def enriched(self, statement: ParsedStatement) -> ParsedStatement:
        """The statement with all that running it changes."""
        names, found = statement.names, self._of_calls(statement)
        _add_files(found, statement.deeds.calls)
        networks = self._trained_networks(found)
        found.changes |= {learned(name) for name in networks} | (found.trains - networks)
        found.sets |= {learned(name) for name in names.all_bound & self._trained}
        self._of_same_objects(statement, found)
        if statement.source.startswith("@"):  # `@added_to(Net)` above a method that the class is given later
            found.changes |= {name for each in statement.deeds.calls for name in each.given if name in self._classes}
        if not any(found.all()) and not statement.deeds.routines and not statement.traits.costly:
            return statement
        later = [each for each in statement.deeds.routines if (each.name, each.method) in self._routines]
        reads = {name for each in later for name in self._routines[each.name, each.method].outside.reads}
        sure = found.sets if statement.deeds.simple else set()
        return replace(
            statement,
            names=replace(
                names,
                reads=names.reads | found.reads,
                reads_later=names.reads_later | set(filter(is_nameless, reads)),
                binds=names.binds | sure,
                may_bind=(names.may_bind | found.binds | found.sets) - names.binds - sure,
                stores_into=names.stores_into | found.changes,
                may_change=frozenset(found.perhaps - found.changes - names.stores_into),
            ),
            traits=replace(
                statement.traits,
                trains=statement.traits.trains | networks,
                costly=statement.traits.costly and self._is_slow(statement),
            ),
        )

    def is_network(self, name: str) -> bool:
        """Whether to train what is bound to `name` takes long: what nobody knows is a network where there are any."""
        return name in self._deep or (bool(self._deep) and name not in self._known and name != "")

    def _is_slow(self, statement: ParsedStatement) -> bool:
        costly = {each.path[0] for each in statement.deeds.calls if each.path[-1] in COSTLY_METHODS}
        return not costly or not costly <= self._known

    def _trained_networks(self, found: _Effects) -> set[str]:
        return set(filter(self.is_network, found.trains))

    def _of_calls(self, statement: ParsedStatement) -> _Effects:
        found = _Effects()
        for called in statement.deeds.calls:
            self._add_call(found, called)
            if called.path[-1] in JUDGING and self.is_network(called.path[0]):
                found.reads.add(learned(called.path[0]))
        return found

    def _add_call(self, found: _Effects, called: Called) -> None:
        self.steps += 1 + len(called.given)
        if self.steps > MAX_STEPS or is_test(called.path[-1]):
            return
        origin = self.origins.of(called.path)
        if origin is not None and origin.partition(".")[0] in KNOWN | DEEP:
            _add_library_call(found, called, origin)
        elif origin is not None or len(called.path) == 1:
            self._add_function_call(found, called)
        else:
            self._add_method_call(found, called)
        for name in called.given:  # it may call what it is given
            if (summary := self._routines.get((name, False))) is not None:
                self._add_outside(found, summary)

    def _add_outside(self, found: _Effects, summary: _Summary) -> None:
        self.steps += sum(map(len, summary.outside.all()))
        if self.steps <= MAX_STEPS:
            found.add(summary.outside)

    def _add_function_call(self, found: _Effects, called: Called) -> None:
        name, given = called.path[-1], set(called.given) - self._fixed
        summary = self._routines.get((name, False))
        if summary is None:
            if called.alone and seems_to_fill(name) and not only_shows(name):
                found.perhaps |= given
            return
        self._add_outside(found, summary)
        if summary.changes_given:
            found.perhaps |= given
        if summary.trains_given:
            found.trains |= given

    def _add_method_call(self, found: _Effects, called: Called) -> None:
        root, name = called.path[0], called.path[-1]
        if root in self._pictures:
            return
        summary = self._routines.get((name, True)) or _Summary()
        self._add_outside(found, summary)
        if summary.changes_given or name in CHANGING_GIVEN:
            found.perhaps |= set(called.given) - self._fixed
        if name in TRAINING or summary.trains_own:
            found.trains |= {root} - {""}
        elif name in CHANGING or called.in_place or summary.changes_own:
            found.changes |= {root} - {""}
        elif called.alone and name not in READING and not only_shows(name):
            found.perhaps |= {root} - {""}

    def _summarize(self, routine: Routine) -> None:
        found = _Effects(binds=set(routine.binds), changes=set(routine.stores))
        for called in routine.calls:
            self._add_call(found, called)
        _add_files(found, routine.calls)
        parameters = frozenset(routine.parameters)
        own = frozenset(routine.parameters[:1] if routine.method else ())
        changed = found.changes | found.perhaps
        summary = self._routines.setdefault((routine.name, routine.method), _Summary())
        summary.changes_given |= not changed.isdisjoint(parameters - own)
        summary.trains_given |= not found.trains.isdisjoint(parameters - own)
        summary.changes_own |= not changed.isdisjoint(own)
        summary.trains_own |= not found.trains.isdisjoint(own)
        found.binds |= found.sets
        found.sets = set()
        summary.outside.add(found, parameters | {""})

    def _of_same_objects(self, statement: ParsedStatement, found: _Effects) -> None:
        """What is changed under one name is changed under its others; surely, if the statement itself gives it them."""
        here = {each.name: each.root for each in statement.deeds.sources if each.same}
        changed = found.changes | found.perhaps | statement.names.stores_into
        for name in changed & self._same.keys():
            others = _connected(name, self._same)
            self.steps += len(others)
            if self.steps > MAX_STEPS:
                return
            found.perhaps |= others - {name} - self._fixed
        found.changes |= {here[name] for name in changed & here.keys()} - self._fixed


def is_class(statement: ParsedStatement) -> bool:
    """Whether it defines a class."""
    return bool(statement.names.defines) and _CLASS.search(statement.source) is not None


class _Origins:
    """What the names of a notebook stand for in libraries."""

    def __init__(self, statements: Sequence[ParsedStatement]) -> None:
        bound = {name for each in statements for name in each.names.all_bound}
        self._read = {name for each in statements for name in each.names.reads | each.names.reads_later} - bound
        self._stars = {star.partition(".")[0] for each in statements for star in each.deeds.stars}
        self._named = {name: full for name, full in WELL_KNOWN.items() if name in self._read}
        self._named |= {name: f"builtins.{name}" for name in BUILTINS - bound}
        self._named |= {name: full for each in statements for name, full in each.deeds.imports}

    def of(self, path: tuple[str, ...]) -> str | None:
        """The full name of what is called by that path, if it comes from a library."""
        full = self._named.get(path[0])
        return None if full is None else ".".join((full, *path[1:]))

    def names_from(self, libraries: frozenset[str]) -> set[str]:
        """The names that stand for something in one of these libraries; what a star may have brought is one of them."""
        named = {name for name, full in self._named.items() if full.partition(".")[0] in libraries}
        return named | (self._read - self._named.keys() if self._stars & libraries else set())


def _add_library_call(found: _Effects, called: Called, origin: str) -> None:
    library, name = origin.partition(".")[0], origin.rpartition(".")[2]
    if (state := state_drawn_from(origin)) is not None:
        found.changes.add(state)
        found.reads.add(state)
    if origin in SEEDS:
        found.sets.update(SEEDS[origin])
    else:
        found.reads.update(DRAWS_SILENTLY.get(library, ()))
    if called.given and (name in CHANGING_FIRST or called.in_place or _is_method_of_builtin(origin, name)):
        found.changes.add(called.given[0])
    if SETTINGS.fullmatch(origin):
        found.changes.add(settings_of(library))


def _add_files(found: _Effects, calls: Sequence[Called]) -> None:
    """Files that the calls of one piece of code write, or else read."""
    files = {f"<file {file.removeprefix('./')}>" for each in calls for file in each.files}
    if any(writes_file(each.path, each.files) or reads_file(each.path[-1]) for each in calls):
        found.reads.add(settings_of(FOR_FILES))
    if any(writes_file(each.path, each.files) for each in calls):
        found.sets |= files
        if any(each.path[0] in MOVING for each in calls):
            found.reads |= files
    elif any(reads_file(each.path[-1]) for each in calls):
        found.reads |= files


def _is_method_of_builtin(origin: str, name: str) -> bool:
    """As in `list.append(items, 1)`."""
    return origin.startswith("builtins.") and origin.count(".") > 1 and name in CHANGING


def _never_assigned(statements: Sequence[ParsedStatement]) -> set[str]:
    """Names bound by definitions and imports alone: to be given to a function changes none of them."""
    defined = {name for each in statements for name in each.names.defines}
    imported = {name for each in statements for name, _ in each.deeds.imports}
    bound = (
        name for each in statements for name in each.names.all_bound - each.names.defines if not each.traits.imports
    )
    return (defined | imported) - set(bound) | BUILTINS


def _sources(statements: Sequence[ParsedStatement]) -> list[tuple[str, str]]:
    return [(each.root, each.name) for statement in statements for each in statement.deeds.sources]


def _definitions(statements: Sequence[ParsedStatement]) -> list[tuple[str, str]]:
    """From each name that a definition reads to those it defines, by way of one that stands for the statement."""
    edges: list[tuple[str, str]] = []
    for number, each in enumerate(statements):
        if each.names.defines:
            edges += [(read, f"<statement {number}>") for read in each.names.reads | each.names.reads_later]
            edges += [(f"<statement {number}>", name) for name in each.names.defines]
    return edges


def _coming_of(names: set[str], edges: Iterable[tuple[str, str]]) -> set[str]:
    """The names, and all that comes of them, over any number of steps."""
    following: dict[str, list[str]] = defaultdict(list)
    for root, name in edges:
        following[root].append(name)
    found, stack = set(names), list(names)
    while stack:
        for name in following.get(stack.pop(), ()):
            if name not in found:
                found.add(name)
                stack.append(name)
    return found


def _same(statements: Sequence[ParsedStatement]) -> dict[str, list[str]]:
    """For each name those that are bound to the same thing, or a part of it."""
    same: dict[str, dict[str, None]] = defaultdict(dict)
    for statement in statements:
        for each in statement.deeds.sources:
            if each.same and each.name != each.root:
                same[each.name][each.root] = None
                same[each.root][each.name] = None
    return {name: list(others)[:MAX_SAME] for name, others in same.items()}


def _connected(name: str, same: dict[str, list[str]]) -> set[str]:
    """The name, and up to some others by which the same thing is known, nearest first."""
    found = [name]
    for each in found:  # grows while it is read
        found.extend(other for other in same.get(each, ()) if other not in found)
        if len(found) > MAX_SAME:
            break
    return set(found)
