"""How proofs look: a table and what is at fault, for a terminal, as JSON, or as the table of assignments/README.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.authoring.proof.proofs import Count, Proof
from grader.render.printed import printed

_FAULTY: Final = Text("FAULTY", "red")
HEADINGS = ("assignment", "exercises", "wrong caught", "right accepted", "mutants killed", "equivalent", "seeds")


def as_text(proofs: Sequence[Proof], *, width: int = 100, colour: bool = False) -> str:
    """A table, one assignment to a row, then of each every fault, the remarks, and the mutants that survived."""
    parts: list[RenderableType] = [_table(proofs), *(line for proof in proofs for line in _remarks(proof))]
    return printed(parts, width=width, colour=colour, wrapped=False)


def as_json(proofs: Sequence[Proof]) -> str:
    """The proofs as a JSON list."""
    return json.dumps([{"holds": proof.holds} | proof.model_dump(mode="json") for proof in proofs], indent=2) + "\n"


def as_markdown(proofs: Sequence[Proof]) -> str:
    """The table of assignments/README.md."""
    figures = HEADINGS[1:]
    lines = [("id", "title", *figures), ("---", "---", *("--:" for _ in figures))]
    lines += ((f"[{p.assignment}]({p.assignment}/README.md)", p.title, *_cells(p)) for p in proofs)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _table(proofs: Sequence[Proof]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading == "assignment" else "right")
    for proof in proofs:
        word = Text("skipped", "yellow") if proof.skipped else Text("holds", "green") if proof.holds else _FAULTY
        table.add_row(word, proof.assignment, *_cells(proof))
    return table


def _cells(proof: Proof) -> tuple[str, ...]:
    equivalent = str(proof.equivalent) if proof.mutants.of else "-"
    return (
        str(proof.exercises),
        _of(proof.wrong),
        _of(proof.right),
        _of(proof.mutants),
        equivalent,
        str(proof.seeds or "-"),
    )


def _of(count: Count) -> str:
    return f"{count.right} of {count.of}" if count.of else "-"


def _remarks(proof: Proof) -> Iterator[Text]:
    if proof.skipped:
        yield Text(f"\n{proof.assignment}: ", "bold") + Text(proof.skipped, "yellow")
    for fault in proof.faults:
        yield Text(f"\n{proof.assignment}: ", "bold") + Text(fault, "red")
    for remark in proof.remarks:
        yield Text(f"\n{proof.assignment}: ", "bold") + Text(remark, "yellow")
    if proof.survivors:
        yield Text(f"\n{proof.assignment}: mutants that earn full marks", "bold")
        yield from (Text(f"  {survivor}", "yellow") for survivor in proof.survivors)
