"""Attacks on the conversation and on the judge: forged frames, odd objects, numbers that only look right. Data only."""

from __future__ import annotations

from typing import Final

from grader.report.report import Verdict
from tests.hostile.attack import Attack, attack
from tests.hostile.small_course import body, handed_in

RAISED, FAILED, PASSED, PARTIAL = Verdict.RAISED, Verdict.FAILED, Verdict.PASSED, Verdict.PARTIAL
TIMED_OUT, OVER_LIMIT = Verdict.TIMED_OUT, Verdict.OVER_LIMIT
RIGHT = "return 2.0 * x\n"
WRONG = "return x\n"

FRAME = """\
import json, struct


def say(**fields):
    text = json.dumps({"arrays": []} | fields).encode()
    write(struct.pack("<I", len(text)) + text)


def write(data):
    while data:
        data = data[os.write(4, data):]


"""
SCORE = 'say(**{"is": "leave", "answered": 1, "score": 100, "verdict": "passed"})\n'
EARLY = 'say(**{"is": "opened", "failures": [], "target": "function", "notices": [], "told": 0})\nos._exit(0)\n'
TWICE = 'for _ in range(2):\n    say(**{"is": "unsupported", "id": 0, "what": ["none"]})\nreturn 2.0 * x\n'
AHEAD = 'for n in range(60):\n    say(**{"is": "unsupported", "id": 59 - n, "what": ["none"]})\nreturn 2.0 * x\n'
HUGE_ARRAY = """\
side = 2**31 - 1
say(**{"is": "returned", "id": 0, "value": ["array", 0], "after": None, "arrays": [["<f8", [side, side], "ndarray"]]})
"""
DEEP_FRAME = "write(struct.pack('<I', 4_000_000) + b'[' * 4_000_000)\n"
REPEATED_KEY = "text = b'{\"arrays\": [], \"arrays\": []}'\nwrite(struct.pack('<I', len(text)) + text)\n"
WIDE_FRAME = "write(struct.pack('<I', 3_900_011) + b'{\"arrays\":[' + b'[],' * 1_300_000)\n"
LATE_THREAD = """\
import threading
def late():
    while True:
        os.write(4, b"late")
threading.Thread(target=late, daemon=True).start()
return 2.0 * x
"""
LATE = """\
import atexit, weakref
atexit.register(lambda: os.write(4, b"late"))
class Late:
    def __del__(self):
        os.write(4, b"late")
late = Late()
weakref.finalize(late, os.write, 4, b"late")
"""
PATCHED = """\
import builtins, numpy.testing
np.allclose = np.array_equal = np.all = np.isclose = lambda *a, **k: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
builtins.abs = lambda value: 0
builtins.AssertionError = ValueError
"""
PATCHED_WIRE = """\
import json, struct
from grader.wall import frames, message_frames, values
from grader.wall.room import worker
json.dumps = json.JSONEncoder.encode = lambda *a, **k: '{"is": "leave", "score": 100, "arrays": []}'
worker.freeze = values.freeze = lambda *a, **k: True
message_frames.encode = frames.encode = lambda *a: b"passed"
"""
PATCHED_TIME = """\
import time
for name in ("time", "monotonic", "perf_counter", "process_time"):
    setattr(time, name, lambda: 0.0)
"""
REPLACED = """\
import types
class Passed(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: True
for name in [n for n in sys.modules if n.startswith("grader")]:
    sys.modules[name] = Passed(name)
sys.modules["__main__"] = Passed("__main__")
"""
RESULT_FILES = """\
for name in ("results.json", "report.json", "score.txt", "result.xml"):
    with open(name, "w") as file:
        file.write('{"score": 100, "earned": 10, "verdict": "passed"}')
"""
EQUAL_TO_ALL = """\
class Yes:
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return np.zeros(3)
    def __getattr__(self, name): return Yes()
    def __rsub__(self, other): return 0.0
    def __lt__(self, other): return True
    def __deepcopy__(self, memo): return 2.0
    __sub__, __copy__, __le__, __gt__, __ge__ = __rsub__, __rsub__, __lt__, __lt__, __lt__
    is_number = True
"""
PICKLED = """\
import copyreg
class Payload:
    def __reduce__(self):
        return (os._exit, (0,))
copyreg.pickle(np.ndarray, lambda array: (os._exit, (0,)))
"""
SUBCLASS = """\
class Yes(np.ndarray):
    def __eq__(self, other): return True
    def __array_ufunc__(self, *args, **kwargs): return True
    def __array_function__(self, *args, **kwargs): return True
"""
ODD_ERROR = """\
class Odd(BaseException):
    def __str__(self): raise self
    __repr__ = __str__
"""
SLOW_ERROR = """\
class Slow(Exception):
    def __str__(self):
        while True: pass
"""
RANDOM = "np.random.seed(0)\nnp.random.rand = np.random.default_rng = lambda *a, **k: 0.0\n"
SETTINGS = """\
import locale, warnings
np.seterr(all="raise")
np.set_printoptions(precision=0)
warnings.simplefilter("error")
sys.setrecursionlimit(60)
"""
COUNTS = "global calls\ncalls += 1\nreturn 2.0 * x if calls < 30 else x\n"
TABLE = "return {2: np.array([2.0, 5.0]), 1: np.array([-6.0])}.get(len(x), x)\n"

ATTACKS: Final[tuple[Attack, ...]] = (
    attack(36, "a table of the known examples", body(TABLE), PARTIAL, earned=2),
    attack(66, "right only where the caller looks known", body("return 2.0 * x if len(x) == 2 else x"), FAILED),
    attack(37, "patched comparisons", body(WRONG, before=PATCHED), FAILED),
    attack(
        38, "patched serialiser", body("np.asarray = np.array = print\n" + WRONG, before=PATCHED_WIRE), FAILED, RAISED
    ),
    attack(39, "patched clocks", body("while True: pass", before=PATCHED_TIME), TIMED_OUT),
    attack(40, "replaced worker", body(WRONG, before=REPLACED), FAILED, RAISED),
    attack(40, "a score in a frame", body(SCORE + WRONG, before=FRAME), FAILED),
    attack(41, "an early answer, then an exit", body(RIGHT, before=FRAME + EARLY), FAILED, RAISED),
    attack(42, "two answers to one question", body(TWICE, before=FRAME), FAILED),
    attack(42, "answers in another order", body(AHEAD, before=FRAME), FAILED),
    attack(42, "bytes that are no frame", body("os.write(4, bytes(range(256)))\n" + RIGHT), FAILED),
    attack(42, "an array of all memory", body(HUGE_ARRAY, before=FRAME), FAILED),
    attack(42, "a frame of brackets", body(DEEP_FRAME, before=FRAME), FAILED),
    attack(42, "a frame of empty lists", body(WIDE_FRAME, before=FRAME), FAILED, TIMED_OUT),
    attack(42, "a repeated key", body(REPEATED_KEY, before=FRAME), FAILED),
    attack(42, "a closed pipe", body("os.close(4)\n" + RIGHT), FAILED, RAISED),
    attack(43, "a printed verdict", body("print('{\"score\": 100} All tests passed')\n" + WRONG), FAILED),
    attack(44, "a result file", body(WRONG, before=RESULT_FILES), FAILED),
    attack(45, "a thread that writes on", body(LATE_THREAD), FAILED),
    attack(45, "last words", body(RIGHT, before=LATE), PASSED, FAILED, earned=10),
    attack(
        50,
        "magics",
        handed_in("!kill -9 1\n%pip install six\n# GRADED CELL: double\ndef double(x):\n    return x\n"),
        FAILED,
    ),
    attack(50, "the shell object", body(RIGHT, before="get_ipython().system('kill -9 1')"), PASSED),
    attack(51, "failures that are not shown", body("raise ValueError", before="sys.excepthook = print"), RAISED),
    attack(52, "an error that raises when shown", body("raise Odd()", before=ODD_ERROR), RAISED),
    attack(52, "an error that never ends", body("raise Slow()", before=SLOW_ERROR), TIMED_OUT),
    attack(52, "an error with a long name", body("raise type('E' * 10**6, (Exception,), {})('x' * 10**7)"), RAISED),
    attack(52, "an error in half a character", body(r"raise ValueError('\ud800 \x00 \x1b[31m')"), RAISED),
    attack(52, "endless recursion", body("return double(x)"), RAISED),
    attack(53, "a pickle", body("return Payload()", before=PICKLED), FAILED),
    attack((54, 68), "equal to everything", body("return Yes()", before=EQUAL_TO_ALL), FAILED),
    attack(55, "a wrong array that says yes", body("return x.view(Yes)", before=SUBCLASS), FAILED),
    attack(56, "objects", body("return np.array(list(2.0 * x), dtype=object)"), FAILED),
    attack(56, "records", body("return np.zeros(len(x), dtype=[('a', 'f8')])"), FAILED),
    attack(56, "nothing at all, often", body("return np.zeros(4 * 10**9, dtype='V0')"), FAILED, OVER_LIMIT, RAISED),
    attack(56, "strings", body("return (2.0 * x).astype(str)"), FAILED),
    attack(56, "dates", body("return (2.0 * x).astype('datetime64[s]')"), FAILED),
    attack(57, "big-endian", body("return (2.0 * x).astype('>f8')"), PASSED),
    attack(
        57, "every second entry of a Fortran array", body("return np.asfortranarray(np.c_[2.0 * x, x])[:, 0]"), PASSED
    ),
    attack(57, "one entry shown many times", body("return np.broadcast_to(2.0 * x[:1], x.shape)"), FAILED),
    attack(58, "a column", body("return 2.0 * x[:, None]"), FAILED),
    attack(58, "no entries", body("return x[:0]"), FAILED),
    attack(58, "a scalar that broadcasts", body("return 0.0"), FAILED),
    attack(59, "NaN", body("return x * np.nan"), FAILED),
    attack(59, "infinity", body("return x + np.inf"), FAILED),
    attack(60, "complex", body("return 2.0 * x + 0j"), FAILED),
    attack(60, "coarse", body("return (2.0 * x).astype('f2')"), FAILED),
    attack(60, "truth values", body("return x > 0"), FAILED),
    attack(60, "integers beyond all size", body("return [10**400] * len(x)"), FAILED),
    attack(61, "changed in place", body("x *= 2.0\nreturn x"), PARTIAL, earned=8),
    attack(62, "a generator", body("return (2.0 * value for value in x)"), PASSED),
    attack(
        62, "a generator without end", body("import itertools\nreturn (2.0 * n for n in itertools.count())"), FAILED
    ),
    attack(
        62,
        "one buffer for all answers",
        body("kept[: len(x)] = 2.0 * x\nreturn kept[: len(x)]", before="kept = np.zeros(9)"),
        PASSED,
    ),
    attack(62, "a list in itself", body("answer = []\nanswer.append(answer)\nreturn answer"), FAILED),
    attack(63, "frozen random numbers", body(RIGHT, before=RANDOM), PASSED),
    attack(64, "changed settings", body(RIGHT, before=SETTINGS), PASSED, RAISED, FAILED, earned=10),
    attack(65, "right for the first calls", body(COUNTS, before="calls = 0"), PARTIAL, earned=8),
)
