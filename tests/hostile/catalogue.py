"""The 110 classes of attack we know of, as one table: what exercises each, or why it does not apply to a command line.

A class with neither tests nor a reason is exercised by rows: attacks of `on_limits`, `on_walls`, `on_answers` and
`by_notebook` that bear its number. A test keeps the table whole. Data only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SERVICE = "It concerns a service with students, attempts and queues; one command grades the files it is given."
CANARY = "tests/hostile/test_canary.py::test_no_secret_of_ours_is_found_in_a_room"
ROOMS = "tests/hostile/test_canary.py::test_one_room_finds_nothing_of_another"
PLACES = tuple(
    f"tests/hostile/test_places.py::{name}"
    for name in (
        "test_where_python_lives_nothing_but_its_libraries_is_read",
        "test_below_a_library_folder_the_course_is_covered",
        "test_below_a_library_folder_landlock_refuses_with_the_cure",
        "test_the_self_attack_opens_the_real_files",
    )
)
GUESSED = "tests/hostile/test_places.py::test_what_a_guessed_path_tells_is_what_our_page_says"
READER = "tests/hostile/test_reports.py::test_no_student_text_does_anything_to_a_reader"
MODELS = "tests/hostile/test_models.py::test_a_model_that_is_not_what_was_asked_computes_nothing"
VALUES = (
    "tests/hostile/test_values.py::test_what_lies_or_is_too_much_is_named_and_its_room_answers_on",
    "tests/hostile/test_values.py::test_what_never_ends_or_breaks_its_room_costs_that_room_alone",
)
CELLS = (
    "tests/hostile/test_cells.py::test_a_cell_that_ends_by_its_own_fault_is_no_zero",
    "tests/hostile/test_cells.py::test_work_that_would_deceive_or_hold_up_a_cell_earns_nothing",
)
QUESTIONS = "tests/hostile/test_questions.py::test_an_attack_by_a_question_gets_its_verdict_and_harms_nobody"
ZIPS = "tests/unit/test_intake_zips.py"
BYTES = "tests/hostile/test_notebooks.py::test_what_is_no_notebook_is_unreadable_and_harms_nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """One class: its number, its name, the tests besides rows that exercise it, or the reason why nothing does."""

    number: int
    name: str
    tests: tuple[str, ...] = ()
    reason: str = ""


def _class(number: int, name: str, *tests: str, reason: str = "") -> Class:
    return Class(number=number, name=name, tests=tests, reason=reason)


CATALOGUE: Final[tuple[Class, ...]] = (
    _class(1, "exit in a cell"),
    _class(2, "hard exit"),
    _class(3, "crash in C"),
    _class(4, "endless loop", *CELLS),
    _class(5, "endless loop in C that holds the interpreter"),
    _class(6, "ignored signals"),
    _class(7, "fork bomb"),
    _class(
        8,
        "thread bomb",
        "tests/hostile/test_neighbours.py::test_a_room_that_starts_all_threads_leaves_some_to_other_workers",
        "tests/hostile/test_neighbours.py::test_a_room_that_starts_all_threads_leaves_some_to_the_next_of_its_user",
    ),
    _class(9, "memory bomb"),
    _class(10, "memory that no limit counts"),
    _class(
        11,
        "disk and inode bomb",
        "tests/hostile/test_neighbours.py::test_a_room_fills_its_work_folder_and_no_more",
        "tests/hostile/test_neighbours.py::test_files_are_counted_whole",
    ),
    _class(
        12,
        "descriptors used up",
        "tests/hostile/test_neighbours.py::test_a_room_that_opens_all_descriptors_leaves_some_to_its_neighbour",
    ),
    _class(13, "daemon that outlives the job"),
    _class(14, "output flood", *CELLS),
    _class(15, "output that drips"),
    _class(16, "compile bomb"),
    _class(17, "many jobs that sleep", "tests/rooms/test_patience.py::test_rooms_share_one_patience"),
    _class(18, "priority games"),
    _class(
        19,
        "reading tests and answers",
        CANARY,
        *PLACES,
        "tests/hostile/test_keys.py::test_no_room_reads_a_key_that_is_kept",
    ),
    _class(20, "importing the grader"),
    _class(21, "secrets in the environment", CANARY),
    _class(22, "other processes in procfs", GUESSED),
    _class(23, "inherited descriptors", CANARY),
    _class(24, "debugging other processes"),
    _class(25, "walking up the stack", CANARY),
    _class(26, "asking the garbage collector", CANARY, QUESTIONS),
    _class(
        27,
        "scanning memory",
        CANARY,
        "tests/hostile/test_canary.py::test_neither_hidden_inputs_nor_their_answers_are_in_a_room_before_it_is_asked",
        "tests/hostile/test_canary.py::test_the_search_finds_what_is_there",
    ),
    _class(
        28,
        "other submissions",
        ROOMS,
        *PLACES,
        "tests/hostile/test_lending.py::test_what_one_room_said_to_a_reference_does_not_meet_the_next",
    ),
    _class(29, "persistence", QUESTIONS),
    _class(30, "network"),
    _class(31, "local services"),
    _class(32, "other programs"),
    _class(
        33,
        "hidden inputs in prints and errors",
        "tests/hostile/test_reports.py::test_a_student_does_not_read_what_a_hidden_check_asked",
        "tests/hostile/test_reports.py::test_a_name_that_a_hidden_check_missed_widens_no_visible_room",
    ),
    _class(
        34,
        "hidden inputs read off the score, bit by bit",
        "tests/hostile/test_reports.py::test_the_next_seed_asks_something_else",
    ),
    _class(35, "time as a channel", "tests/hostile/test_reports.py::test_how_long_an_answer_took_is_not_shown"),
    _class(36, "answers learned by heart", "tests/hostile/test_reports.py::test_the_next_seed_asks_something_else"),
    _class(37, "patched comparisons"),
    _class(38, "patched serialiser"),
    _class(39, "patched clocks", QUESTIONS),
    _class(40, "replaced worker"),
    _class(41, "forged frames, then exit"),
    _class(42, "frames twice or out of order"),
    _class(43, "printed verdict", "tests/hostile/test_reports.py::test_a_printed_verdict_stands_under_its_own_heading"),
    _class(44, "written result file"),
    _class(45, "late writers"),
    _class(46, "hooks on calls and imports"),
    _class(47, "shadowed imports"),
    _class(48, "files Python runs at its start"),
    _class(49, "files pytest would run"),
    _class(50, "magics"),
    _class(51, "failures that are hidden"),
    _class(52, "odd exceptions"),
    _class(53, "pickles"),
    _class(54, "object equal to everything", *CELLS),
    _class(55, "array subclasses"),
    _class(56, "odd dtypes"),
    _class(57, "byte orders and strides"),
    _class(58, "shapes that broadcast"),
    _class(59, "NaN and infinity"),
    _class(60, "numbers of odd kinds", *VALUES),
    _class(61, "arguments changed in place"),
    _class(62, "lazy and shared results", *VALUES),
    _class(63, "frozen random numbers"),
    _class(64, "changed global settings"),
    _class(65, "answers that count calls"),
    _class(66, "answers that know the test"),
    _class(67, "answers that know the date or the load", reason=SERVICE),
    _class(68, "copy hooks"),
    _class(69, "forbidden shortcut", reason="No exercise forbids a way to the right answer; no rule reads the source."),
    _class(70, "lying summary", MODELS),
    _class(71, "layers of any code", MODELS),
    _class(72, "forged predictions", MODELS),
    _class(73, "malicious model file", MODELS),
    _class(74, "weight bomb", MODELS),
    _class(
        75,
        "archive that escapes its folder",
        f"{ZIPS}::test_no_name_of_a_member_leads_out_of_its_zip",
        f"{ZIPS}::test_a_file_that_became_a_link_is_not_read",
    ),
    _class(
        76,
        "archive bomb",
        BYTES,
        f"{ZIPS}::test_a_lie_about_size_costs_no_memory",
        f"{ZIPS}::test_zips_within_the_zip_of_one_student_share_their_limits",
    ),
    _class(
        77, "JSON bomb", BYTES, "tests/unit/test_notebook.py::test_what_is_no_notebook_is_refused_with_its_own_sentence"
    ),
    _class(78, "odd encodings", BYTES, "tests/unit/test_notebook.py::test_oddities_of_json_cost_nothing"),
    _class(79, "odd notebook formats", BYTES),
    _class(80, "kernel in the metadata"),
    _class(81, "forged ids and points"),
    _class(82, "two graded cells"),
    _class(83, "no graded cell"),
    _class(84, "edited tests"),
    _class(85, "outputs without code"),
    _class(86, "huge outputs", "tests/unit/test_notebook.py::test_what_is_no_readable_file_is_refused_at_once"),
    _class(87, "redefined further down"),
    _class(88, "broken cells elsewhere"),
    _class(89, "hidden text"),
    _class(90, "hidden code"),
    _class(
        91,
        "hostile file and student names",
        "tests/unit/test_intake_names.py::test_a_file_name_is_safe_on_every_system",
        "tests/unit/test_intake_names.py::test_no_two_students_share_a_file_name",
    ),
    _class(
        92,
        "another student's identity",
        "tests/unit/test_intake_layouts.py::test_what_a_student_calls_files_has_no_say_in_whose_they_are",
    ),
    _class(93, "file swapped after the check", f"{ZIPS}::test_a_file_that_became_a_link_is_not_read"),
    _class(
        94,
        "poisoned cache of results",
        "tests/unit/test_fingerprint.py::test_what_the_key_leaves_out_cannot_change_what_is_graded",
        "tests/unit/test_fingerprint.py::test_what_grading_may_see_changes_the_key",
    ),
    _class(
        95,
        "markup in student text",
        READER,
        "tests/unit/test_page_safety.py::test_a_students_text_makes_no_element_and_no_attribute",
        "tests/unit/test_github.py::test_a_student_writes_no_command",
    ),
    _class(96, "rich outputs"),
    _class(
        97,
        "Markdown and mathematics",
        READER,
        "tests/unit/test_github.py::test_markdown_of_a_student_stays_text",
    ),
    _class(98, "pictures"),
    _class(99, "control characters and long lines", READER),
    _class(
        100,
        "formulas in a table of grades",
        "tests/unit/test_gradebook.py::test_no_cell_is_a_formula_and_no_name_breaks_a_row",
    ),
    _class(
        101,
        "text in the grader's voice",
        "tests/hostile/test_reports.py::test_a_printed_verdict_stands_under_its_own_heading",
        "tests/hostile/test_reports.py::test_a_forged_notice_is_not_said_in_the_graders_voice",
        "tests/unit/test_model_checks.py::test_a_room_says_no_sentence_of_its_own_about_a_model",
    ),
    _class(
        102,
        "slow patterns",
        "tests/unit/test_submission_find.py::test_prose_that_names_answers_without_end_is_not_read_without_end",
        "tests/unit/test_submission_slice.py::test_a_notebook_is_read_once_however_often_it_is_widened",
    ),
    _class(103, "text aimed at a language model", READER),
    _class(104, "poisoned zygote"),
    _class(105, "signals to others"),
    _class(106, "terminal injection"),
    _class(107, "rare corners of the kernel"),
    _class(108, "other entries to the kernel"),
    _class(109, "exit codes as verdicts"),
    _class(110, "privileged helper that follows links"),
)

#: what docs/administrators.md promises that student code does, or does not, and the classes of attack that try it
PROMISED: Final[dict[str, tuple[int, ...]]] = {
    "reads nothing but the libraries and its own job": (19, 20, 21, 22, 23, 27, 28),
    "writes nothing that outlives it": (13, 29, 44, 45),
    "starts no process": (7, 32),
    "opens no socket": (30, 31),
    "signals nobody": (24, 105),
    "uses bounded time, memory, output and disk": (4, 5, 9, 10, 11, 14),
    "never learns an expected value": (25, 26, 33, 36),
}
