"""Files are written whole or not at all, and not again when nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.classes.writing import write_whole
from grader.errors import UsageError

OTHERWISE = "Name another folder with --out."


def test_a_file_that_says_so_already_is_left_alone(tmp_path: Path) -> None:
    """Its time of change tells when it changed."""
    write_whole(tmp_path / "new" / "file", "text", otherwise=OTHERWISE)
    before = (tmp_path / "new" / "file").stat()
    write_whole(tmp_path / "new" / "file", "text", otherwise=OTHERWISE)
    after = (tmp_path / "new" / "file").stat()

    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """A folder in its place, a full disk, a place that is read-only."""
    (tmp_path / "file" / "within").mkdir(parents=True)

    with pytest.raises(UsageError, match=r"file cannot be written .* --out"):
        write_whole(tmp_path / "file", "text", otherwise=OTHERWISE)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_link_leads_where_it_did(tmp_path: Path) -> None:
    """What was linked is replaced, not the link."""
    (tmp_path / "link").symlink_to("file")
    write_whole(tmp_path / "link", "text", otherwise=OTHERWISE)

    assert (tmp_path / "file").read_text("utf-8") == "text"
    assert (tmp_path / "link").is_symlink()


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """As `--json >(jq .score)` asks for."""
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_whole(tmp_path / "pipe", "text", otherwise=OTHERWISE)

    assert os.read(reader, 10) == b"text"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()
