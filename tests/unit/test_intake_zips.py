"""Zips that lie, explode or lead elsewhere: each costs its own student, with a reason, and nobody else anything."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes.intake.contents import read_bytes
from grader.classes.intake.zips import member_parts
from grader.errors import UnreadableSubmission, UsageError
from grader.limits import MEGABYTE, IntakeLimits
from tests.english import refusing
from tests.unit.handed_in import LINK, collected, counted_files, folder, reasons, zipped

SMALL = IntakeLimits(
    file_bytes=1_000, ratio=20, ratio_from_bytes=500, student_members=9, class_members=20, student_bytes=5_000
)
ZEROS = bytes(900)


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same bytes with every `old` replaced, of which there is at least one."""
    assert old in data
    return data.replace(old, new)


def encrypted(data: bytes) -> bytes:
    """The flag of encryption set in the list of contents."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", struct.unpack_from("<H", data, at)[0] | 1) + data[at + 2 :]


def overlapping() -> bytes:
    """Fifty entries of the list that all claim the same bytes."""
    data = zipped({"x.ipynb": bytes(range(256)) * 3})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(patched(entry, b"x.ipynb", f"{n}.ipynb".encode().rjust(7, b"y")) for n in range(8))
    tail = data[end:]
    return data[:start] + entries + tail[:8] + struct.pack("<HHI", 8, 8, len(entries)) + tail[16:]


def claiming(size: int) -> bytes:
    """A zip whose list says that its one member unpacks to `size` bytes."""
    data = zipped({"x.ipynb": b"x" * 400})
    at = data.index(b"PK\x01\x02") + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


BAD_ZIPS = [
    pytest.param(zipped({"x.ipynb": ZEROS}), "times its size", id="a bomb"),
    pytest.param(zipped({"x.ipynb": bytes(1_001)}), "Clear the notebook's outputs", id="a notebook that is too large"),
    pytest.param(
        zipped({"x.zip": zipped({"x.zip": zipped({"x.ipynb": b"x"})})}), "a zip in a zip", id="a nest of zips"
    ),
    pytest.param(zipped({f"{n}.txt": b"" for n in range(10)}), "more than 9 files", id="many members"),
    pytest.param(
        zipped({"big.csv": bytes(6_000), "x.ipynb": b""}), "would unpack to more than", id="too large altogether"
    ),
    pytest.param(overlapping(), "overlap", id="members that overlap"),
    pytest.param(zipped({"x.ipynb": b"/etc/passwd"}, mode=LINK), "link", id="a link"),
    pytest.param(zipped({"x.ipynb": b""}, mode=stat.S_IFCHR | 0o644), "not a regular file", id="a device"),
    pytest.param(encrypted(zipped({"x.ipynb": b"x"})), "encrypted", id="encrypted"),
    pytest.param(zipped({"x.ipynb": b"x"}, method=zipfile.ZIP_LZMA), "method", id="an unusual method"),
    pytest.param(
        patched(zipped({"a.ipynb": b"", "b.ipynb": b""}), b"b.ip", b"a.ip"), "several files", id="one name twice"
    ),
    pytest.param(zipped({"../../x.ipynb": b"x"}), "leads out", id="two folders up"),
    pytest.param(zipped({"/etc/x.ipynb": b"x"}), "leads out", id="an absolute path"),
    pytest.param(zipped({"C:\\x.ipynb": b"x"}), "leads out", id="a drive"),
    pytest.param(zipped({"a\\..\\..\\x.ipynb": b"x"}), "leads out", id="up by backslashes"),
    pytest.param(zipped({"x.ipynb": b"x"})[:-30], "damaged", id="cut off"),
    pytest.param(b"", "damaged", id="empty"),
    pytest.param(b"no zip at all", "damaged", id="no zip"),
    pytest.param(zipped({"notes.txt": b""}), "no notebook", id="no notebook"),
]


@pytest.mark.parametrize("where", [pytest.param("{}.zip", id="alone"), pytest.param("{}/work.zip", id="in a folder")])
@pytest.mark.parametrize(("data", "says"), BAD_ZIPS)
def test_a_bad_zip_costs_only_its_own_student(tmp_path: Path, data: bytes, says: str, where: str) -> None:
    """The student is named with the reason and what to hand in instead; the others are as if it were not there."""
    root = folder(tmp_path, {where.format("eve"): data, "ada/x.ipynb": b"a", "bob.ipynb": b"b"})

    intake = collected(root, limits=SMALL)

    assert counted_files(intake) == {"ada": b"a", "bob": b"b"}
    assert [student.id for student in intake.without_notebook] == ["eve"]
    assert set(reasons(intake)) == {"eve"}
    assert all(says in reason and "hand" in reason.casefold() for reason in reasons(intake)["eve"])


@pytest.mark.parametrize(("data", "says"), BAD_ZIPS)
def test_a_bad_zip_within_the_zip_of_a_class_costs_only_its_own_student(tmp_path: Path, data: bytes, says: str) -> None:
    """So it is one level down, in a download of a whole class."""
    (tmp_path / "class.zip").write_bytes(zipped({"ada/x.ipynb": b"a", "eve/work.zip": data, "bob/x.ipynb": b"b"}))

    intake = collected(tmp_path / "class.zip", limits=SMALL)

    assert counted_files(intake) == {"ada": b"a", "bob": b"b"}
    assert set(reasons(intake)) == {"eve"}


LYING = [
    pytest.param(claiming(30), id="more than it said"),
    pytest.param(claiming(450), id="less than it said"),
    pytest.param(
        patched(zipped({"x.ipynb": b"abcdef"}, method=zipfile.ZIP_STORED), b"abcdef", b"abcdeF"), id="changed"
    ),
    pytest.param(patched(zipped({"x.ipynb": b"x"}), b"PK\x03\x04", b"PK\x03\x05"), id="no member where it said"),
    pytest.param(
        patched(zipped({"x.ipynb": b"x" * 50}), zipped({"x.ipynb": b"x" * 50})[37:41], b"\xff" * 4), id="no deflate"
    ),
]


@pytest.mark.parametrize("data", LYING)
def test_what_a_zip_says_is_checked_again_while_it_is_read(tmp_path: Path, data: bytes) -> None:
    """A member that is not what the list of contents promised is unreadable, whatever the list said."""
    root = folder(tmp_path, {"eve.zip": data})
    (hand_in,) = collected(root, limits=SMALL).hand_ins

    with refusing(UnreadableSubmission, match="damaged"):
        read_bytes(hand_in, SMALL.file_bytes)


def test_reading_is_bounded_by_the_reader(tmp_path: Path) -> None:
    """Whoever reads says how much it may be, on disk and in a zip."""
    root = folder(tmp_path, {"ada.ipynb": bytes(2_000), "bob.zip": zipped({"x.ipynb": bytes(range(256)) * 8})})

    for hand_in in collected(root).hand_ins:
        assert len(read_bytes(hand_in, MEGABYTE)) >= 2_000
        with pytest.raises(UnreadableSubmission):
            read_bytes(hand_in, 1_000)


def test_a_file_that_became_a_link_is_not_read(tmp_path: Path) -> None:
    """What was listed as a file may have been replaced since."""
    root = folder(tmp_path, {"ada.ipynb": b"a", "secret": b"secret"})
    (hand_in,) = collected(root).hand_ins
    (root / "ada.ipynb").unlink()
    (root / "ada.ipynb").symlink_to(root / "secret")

    with refusing(UnreadableSubmission, match="link"):
        read_bytes(hand_in, MEGABYTE)


def test_a_bad_zip_of_a_class_is_set_aside_beside_others(tmp_path: Path) -> None:
    """When something else was named, it is graded; alone, the command line is at fault."""
    folder(tmp_path, {"class.zip": b"broken", "monday/ada.ipynb": b"a", "monday/bob.ipynb": b"b"})

    intake = collected(tmp_path / "class.zip", tmp_path / "monday")

    assert set(counted_files(intake)) == {"ada", "bob"}
    assert set(reasons(intake)) == {None}
    with pytest.raises(UsageError, match="damaged"):
        collected(tmp_path / "class.zip")


def test_a_bad_zip_among_students_zips_is_that_students(tmp_path: Path) -> None:
    """`grade zips/*.zip` names one student with each."""
    zips = {"ada.zip": zipped({"x.ipynb": b"a"}), "bob.zip": zipped({"x.ipynb": b"b"}), "eve.zip": b"broken"}
    root = folder(tmp_path, zips)

    intake = collected(*(root / name for name in zips))

    assert set(counted_files(intake)) == {"ada", "bob"}
    assert [student.id for student in intake.without_notebook] == ["eve"]


@pytest.mark.parametrize("where", [pytest.param(".", id="folder"), pytest.param("class.zip", id="zip of a class")])
def test_no_more_zips_of_one_student_are_opened_than_the_limit(tmp_path: Path, where: str) -> None:
    """A thousand zips in one folder cannot keep a class waiting."""
    files = {**{f"eve/{n}.zip": zipped({"x.ipynb": b"x"}) for n in range(5)}, "ada/x.ipynb": b"a"}
    named = folder(tmp_path, {**files, "class.zip": zipped(files)}) / where

    intake = collected(named, limits=IntakeLimits(student_zips=2))

    assert len([reason for reason in reasons(intake)["eve"] if "more than 2 zips" in reason]) == 3


MANY_WITHIN = [
    pytest.param(IntakeLimits(student_zips=2), "more than 2 zips", id="zips"),
    pytest.param(IntakeLimits(student_members=11), "more than 11 files", id="files in them, all together"),
]


@pytest.mark.parametrize(("limits", "says"), MANY_WITHIN)
def test_zips_within_the_zip_of_one_student_share_their_limits(tmp_path: Path, limits: IntakeLimits, says: str) -> None:
    """Each may be small and well within them, and there may be thousands: nobody waits for that."""
    inner = zipped({f"{n}.ipynb": b"x" for n in range(5)})
    root = folder(tmp_path, {"eve.zip": zipped({f"{n}.zip": inner for n in range(5)}), "ada.ipynb": b"a"})

    intake = collected(root, limits=limits)

    assert len([reason for reason in reasons(intake)["eve"] if says in reason]) == 3
    assert counted_files(intake).keys() == {"ada", "eve"}


def test_a_member_is_named_by_its_way_through_the_zips(tmp_path: Path) -> None:
    """From the outermost zip inwards, and what is no member has no such name."""
    inner = zipped({"deep in it/x.ipynb": b"e"})
    (tmp_path / "class.zip").write_bytes(zipped({"eve/work.zip": inner, "ada/x.ipynb": b"a"}))
    folder(tmp_path, {"bob.ipynb": b"b"})

    intake = collected(tmp_path / "class.zip", tmp_path / "bob.ipynb")

    assert [one.member for one in intake.hand_ins] == ["ada/x.ipynb", None, "eve/work.zip/deep in it/x.ipynb"]
    assert intake.hand_ins[2].where == "deep in it/x.ipynb in eve/work.zip in class.zip"


def test_names_of_every_age_are_read(tmp_path: Path) -> None:
    """UTF-8 with its flag, the code page of old archivers without it, and backslashes of old Windows programs."""
    data = zipped({"J\u00f6rg/x.ipynb": b"j", "ann\\x.ipynb": b"a", "Mqller/x.ipynb": b"m"})
    (tmp_path / "class.zip").write_bytes(patched(data, b"Mqller", b"M\x81ller"))

    assert counted_files(collected(tmp_path / "class.zip")) == {"J\u00f6rg": b"j", "ann": b"a", "M\u00fcller": b"m"}


ODD_NAMES = [
    pytest.param("\u00e9".encode(), b"\xed\xa0", "\u03c6\u00e1", id="flagged as UTF-8, and none"),
    pytest.param(b"123456", "\u738b\u5c0f\u660e".encode("gbk"), "\u738b\u5c0f\u660e", id="GBK"),
    pytest.param(b"123456", "\u738b\u5c0f\u660e".encode("big5"), "\u738b\u5c0f\u660e", id="Big5"),
    pytest.param(b"123456", "J\u00f6rg\u00e9".encode("cp437") + b"1", "J\u00f6rg\u00e91", id="DOS"),
    pytest.param(b"123456", "\u00c1lvaro".encode("cp850"), "\u00c1lvaro", id="DOS of Western Europe"),
    pytest.param(b"123456", "J\u00f6rg1".encode(), "J\u00f6rg1", id="UTF-8 without its flag, as on macOS"),
]


@pytest.mark.parametrize(("placeholder", "name", "read"), ODD_NAMES)
def test_a_name_of_any_encoding_costs_nobody_anything(
    tmp_path: Path, placeholder: bytes, name: bytes, read: str
) -> None:
    """It is read as well as can be guessed, and its file and all others are graded."""
    data = zipped({f"{placeholder.decode()}/x.ipynb": b"x", "bob/x.ipynb": b"b"})
    (tmp_path / "class.zip").write_bytes(patched(data, placeholder, name))

    assert counted_files(collected(tmp_path / "class.zip")) == {read: b"x", "bob": b"b"}


def test_an_extra_field_that_gives_a_name_in_utf_8_is_believed(tmp_path: Path) -> None:
    """Programs of Windows write it beside a name in an encoding of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("____/x.ipynb")
        name = "\u674e\u96f7/x.ipynb".encode()
        member.extra = struct.pack("<HHBL", 0x7075, 5 + len(name), 1, 0) + name
        archive.writestr(member, b"x")
        archive.writestr("bob/x.ipynb", b"b")
    (tmp_path / "class.zip").write_bytes(buffer.getvalue())

    assert counted_files(collected(tmp_path / "class.zip")).keys() == {"\u674e\u96f7", "bob"}


def in_64_bits(data: bytes) -> bytes:
    """The same zip with its numbers in the newer record, and none in the older one, as some programs always write."""
    end = data.index(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", data, end + 10)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    pointer = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return data[:end] + record + pointer + data[end : end + 8] + b"\xff" * 12 + bytes(2)


def test_a_list_of_contents_in_64_bits_is_read(tmp_path: Path) -> None:
    """Large classes need it; the limits hold for it just as well."""
    (tmp_path / "class.zip").write_bytes(in_64_bits(zipped({"ada/x.ipynb": b"a", "bob/x.ipynb": b"b"})))
    (tmp_path / "large.zip").write_bytes(in_64_bits(zipped({f"s{n}/x.ipynb": b"x" for n in range(21)})))

    assert counted_files(collected(tmp_path / "class.zip")) == {"ada": b"a", "bob": b"b"}
    with pytest.raises(UsageError, match="more than 20 files"):
        collected(tmp_path / "large.zip", limits=SMALL)


def behind_a_small_one(data: bytes) -> bytes:
    """The same zip with its list in the newer record, and an older one that says there is hardly anything."""
    end = data.rindex(b"PK\x05\x06")
    return in_64_bits(data)[: end + 76] + data[end : end + 8] + struct.pack("<HHII", 1, 1, 60, 0) + bytes(2)


@pytest.mark.parametrize("spelled", [in_64_bits, behind_a_small_one], ids=["in 64 bits", "behind a small list"])
def test_a_long_list_is_refused_before_it_is_read(tmp_path: Path, spelled: Callable[[bytes], bytes]) -> None:
    """Whatever the older record says, twenty thousand members cost no more memory than the list of so many."""
    data = spelled(zipped({f"{n}": b"" for n in range(20_001)}))
    (tmp_path / "eve.zip").write_bytes(data)
    (tmp_path / "ada.ipynb").write_bytes(b"a")
    limits = IntakeLimits(student_members=1_000)
    tracemalloc.start()

    intake = collected(tmp_path, limits=limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "more than 1,000 files" in reasons(intake)["eve"][0]
    assert counted_files(intake) == {"ada": b"a"}
    assert peak < 4 * MEGABYTE


def test_what_claims_to_be_packed_into_more_than_it_holds_is_not_read(tmp_path: Path) -> None:
    """Reading is bounded by what comes out, so a member cannot claim the whole archive."""
    data = bytes(2 * MEGABYTE) + zipped({"x.ipynb": b"x" * 40}, method=zipfile.ZIP_STORED)
    at = data.index(b"PK\x01\x02") + 20
    (tmp_path / "eve.zip").write_bytes(data[:at] + struct.pack("<I", 2 * MEGABYTE) + data[at + 4 :])
    (hand_in,) = collected(tmp_path / "eve.zip").hand_ins
    tracemalloc.start()

    with refusing(UnreadableSubmission, match="damaged"):
        read_bytes(hand_in, MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < MEGABYTE // 2


def test_what_stands_before_a_zip_shifts_everything(tmp_path: Path) -> None:
    """Archives that unpack themselves are zips behind a program."""
    for name, data in (("ada", zipped({"x.ipynb": b"a"})), ("bob", in_64_bits(zipped({"x.ipynb": b"b"})))):
        (tmp_path / f"{name}.zip").write_bytes(b"a program" * 99 + data)

    assert counted_files(collected(tmp_path)) == {"ada": b"a", "bob": b"b"}


def test_a_lie_about_size_costs_no_memory(tmp_path: Path) -> None:
    """A member that unpacks to far more than it said is given up as soon as it does."""
    honest = zipped({"x.ipynb": bytes(50 * MEGABYTE)})
    (tmp_path / "eve.zip").write_bytes(patched(honest, struct.pack("<I", 50 * MEGABYTE), struct.pack("<I", 1_000)))
    (hand_in,) = collected(tmp_path / "eve.zip").hand_ins
    tracemalloc.start()

    with refusing(UnreadableSubmission, match="damaged"):
        read_bytes(hand_in, MEGABYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 5 * MEGABYTE


@given(st.text(alphabet=st.sampled_from("./\\:aC\0\n ~"), max_size=12) | st.text(max_size=12))
def test_no_name_of_a_member_leads_out_of_its_zip(name: str) -> None:
    """Whatever a member is called, its parts are plain names, or it has none."""
    parts = member_parts(name)

    assert all(part not in ("", ".", "..") and not set(part) & set("/\\\0") for part in parts)
    assert not parts or parts[0][1:2] != ":"


@given(st.binary(max_size=300), st.integers(0, 400), st.integers(0, 400))
def test_any_bytes_are_a_zip_or_set_aside(junk: bytes, start: int, end: int) -> None:
    """No archive makes collecting or reading fail in any other way, and none touches the neighbour."""
    data = zipped({"a/x.ipynb": b"x" * 60, "b/y.zip": zipped({"z.ipynb": b"z"})})
    with tempfile.TemporaryDirectory() as name:
        root = folder(Path(name), {"eve.zip": data[:start] + junk + data[end:], "ada.ipynb": b"a"})
        intake = collected(root, limits=SMALL)
        ada, *eve = intake.hand_ins
        for hand_in in eve:
            with contextlib.suppress(UnreadableSubmission):
                read_bytes(hand_in, SMALL.file_bytes)
        assert read_bytes(ada, SMALL.file_bytes) == b"a"
