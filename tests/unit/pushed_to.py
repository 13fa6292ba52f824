"""Canvas and Moodle as far as `grader push` and `grader pull` speak to them, by their published API: people, grades,
what was handed in, and faults to come.

No test lives here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

import httpx

TOKEN: Final = "a-token-of-forty-letters"  # a made-up one
CANVAS: Final = "https://canvas.example/courses/12/assignments/34"
MOODLE: Final = "https://moodle.example/sub/mod/assign/view.php?id=56"
_GRADE: Final = re.compile(r"grade_data\[(\d+)\]\[(posted_grade|text_comment)\]")

#: what comes in the place of an answer; None lets the platform answer by itself
Fault = Callable[[httpx.Request], httpx.Response | None]


@dataclass
class Fake:
    """What both have: students by id, their grades and comments there, and faults that come before the next answers."""

    people: list[dict[str, Any]] = field(default_factory=list)
    grades: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: by the end of the path or the function, at the next call of it
    faults_at: dict[str, list[Fault]] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    sent: list[dict[str, str]] = field(default_factory=list)
    seen: list[httpx.Request] = field(default_factory=list)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._handled)

    def _handled(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        for waiting in (self.faults, self.faults_at.get(self.called(request), [])):
            if waiting and (found := waiting.pop(0)(request)) is not None:
                return found
        return self.answer(request)

    def called(self, request: httpx.Request) -> str:
        return request.url.path.rpartition("/")[2]

    def answer(self, request: httpx.Request) -> httpx.Response:
        raise NotImplementedError

    def give(self, person: str, points: float, comment: str | None) -> None:
        if person not in self.locked:
            self.grades[person] = points
        if comment:
            self.comments.setdefault(person, []).append(comment)


class FakeCanvas(Fake):
    """Two to a page, however many are asked for; a job is queued, then runs, then is done."""

    looks = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401, json={"errors": [{"message": "Invalid access token."}]})
        match self.called(request):
            case "34":
                return httpx.Response(200, json={"id": 34, "name": "Digits", "points_possible": 50.0, **self.about})
            case "users":
                return self._page(request, self.people)
            case "submissions":
                rows = [{"user_id": int(who), "score": points} for who, points in self.grades.items()]
                excused = self.about.get("excused", ())
                return self._page(request, [row | {"excused": str(row["user_id"]) in excused} for row in rows])
            case "update_grades":
                self._take(request)
                self.looks = 0
                return httpx.Response(200, json={"id": 7, "workflow_state": "queued"})
            case "7":
                self.looks += 1
                state = self.about.get("job", "running" if self.looks < 2 else "completed")
                return httpx.Response(200, json={"id": 7, "workflow_state": state, "message": "Trouble."})
        return httpx.Response(404, json={"errors": [{"message": "The specified resource does not exist."}]})

    def _take(self, request: httpx.Request) -> None:
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        self.sent.append(form)
        told: dict[str, dict[str, str]] = {}
        for key, value in form.items():
            if found := _GRADE.fullmatch(key):
                told.setdefault(found[1], {})[found[2]] = value
        for who, each in told.items():
            self.give(who, float(each["posted_grade"]), each.get("text_comment"))

    def _page(self, request: httpx.Request, rows: list[dict[str, Any]]) -> httpx.Response:
        at = int(request.url.params.get("page", "1"))
        after = request.url.copy_merge_params({"page": str(at + 1)})
        link = {"Link": f'<{self.about.get("next", after)}>; rel="next"'} if len(rows) > 2 * at else {}
        return httpx.Response(200, json=rows[2 * at - 2 : 2 * at], headers=link)


class FakeMoodle(Fake):
    """All of it by forms to one address, errors with status 200."""

    def called(self, request: httpx.Request) -> str:
        return parse_qs(request.content.decode())["wsfunction"][0]

    def answer(self, request: httpx.Request) -> httpx.Response:
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        assert request.url.query == b""
        assert request.url.path == "/sub/webservice/rest/server.php"
        if form["wstoken"] != TOKEN:
            return _moodle_error("invalidtoken", "Invalid token - token not found")
        match form["wsfunction"]:
            case "core_course_get_course_module":
                return httpx.Response(200, json={"cm": {"course": 3, "instance": 9, "modname": "assign"}})
            case "mod_assign_get_assignments":
                one = {"id": 9, "name": "Digits", "grade": 100, "markingworkflow": 0, **self.about}
                return httpx.Response(200, json={"courses": [{"id": 3, "assignments": [one]}], "warnings": []})
            case "mod_assign_list_participants":
                return httpx.Response(200, json=self.people)
            case "mod_assign_get_grades":
                rows = [
                    {"userid": int(who), "attemptnumber": 0, "grade": "-1.00000" if points is None else f"{points:.5f}"}
                    for who, points in self.grades.items()
                ]
                found = [{"assignmentid": 9, "grades": rows}] if rows else []
                return httpx.Response(200, json={"assignments": found, "warnings": []})
            case "mod_assign_save_grades":
                self.sent.append(form)
                for number in range(sum(key.endswith("[userid]") for key in form)):
                    each = f"grades[{number}]"
                    text = form.get(f"{each}[plugindata][assignfeedbackcomments_editor][text]")
                    self.give(form[f"{each}[userid]"], float(form[f"{each}[grade]"]), text)
                return httpx.Response(200, content=b"null")
        return _moodle_error("accessexception", "Access control exception")


def _moodle_error(code: str, message: str) -> httpx.Response:
    said = {"exception": "moodle_exception", "errorcode": code, "message": message}
    return httpx.Response(200, content=json.dumps(said).encode())


def answers(status: int, **more: Any) -> Fault:
    """That, once."""
    return lambda _request: httpx.Response(status, **more)


def hangs(request: httpx.Request) -> httpx.Response:
    """Until our own deadline."""
    raise httpx.ReadTimeout("no answer", request=request)


@dataclass
class FakeFiles:
    """What students handed in, as both platforms tell of it: attempts by person, files by their address."""

    attempts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes | httpx.Response] = field(default_factory=dict)

    def hand_in(self, person: str, name: str, body: bytes, **more: Any) -> str:
        """One more attempt with one file, at the path that is given back."""
        number = len(self.files) + 101
        path = f"/files/{number}/download"
        self.files[path] = body
        one = {"name": name, "path": path, "size": len(body)}
        self.attempts.setdefault(person, []).append({"files": [one], **more})
        return path

    def found(self, path: str) -> httpx.Response:
        kept = self.files.get(path, httpx.Response(404))
        return kept if isinstance(kept, httpx.Response) else httpx.Response(200, content=kept)


class CanvasWithWork(FakeCanvas):
    """A Canvas where students handed in; `elsewhere`: a store of files, which wants no token."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.work = FakeFiles()

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.host != "canvas.example":
            assert "Authorization" not in request.headers
            return self.work.found(request.url.path)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return httpx.Response(401)
        if self.called(request) == "download":
            return self.work.found(request.url.path)
        if self.called(request) != "submissions":
            return super().answer(request)
        told = {who: [self._told(n, each) for n, each in enumerate(all_of, 1)] for who, all_of in self._all.items()}
        rows = [{"user_id": int(who), **(all_of or [{"attempt": None}])[-1]} for who, all_of in told.items()]
        if request.url.params.get("include[]") == "submission_history":
            rows = [row | {"submission_history": told[str(row["user_id"])]} for row in rows]
        return self._page(request, rows)

    @property
    def _all(self) -> dict[str, list[dict[str, Any]]]:
        return {str(each["id"]): self.work.attempts.get(str(each["id"]), []) for each in self.people}

    def _told(self, number: int, attempt: dict[str, Any]) -> dict[str, Any]:
        files = [
            {
                "display_name": one["name"],
                "url": one.get("url", f"https://canvas.example{one['path']}"),
                "size": one["size"],
            }
            for one in attempt["files"]
        ]
        at = attempt.get("at", f"2026-11-0{number}T10:00:00Z")
        return {"attempt": number, "submitted_at": at, "late": attempt.get("late", False), "attachments": files}


class MoodleWithWork(FakeMoodle):
    """A Moodle where students handed in; people of group 7 hand in together."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.work = FakeFiles()

    def called(self, request: httpx.Request) -> str:
        return request.url.path if "/files/" in request.url.path else super().called(request)

    def answer(self, request: httpx.Request) -> httpx.Response:
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        if request.url.path.startswith("/sub/files/"):
            assert (form["token"], request.url.query) == (TOKEN, b"")
            return self.work.found(request.url.path.removeprefix("/sub"))
        match form["wsfunction"]:
            case "mod_assign_get_submissions":
                rows = [self._told(who, len(each) - 1, each[-1]) for who, each in self.work.attempts.items()]
                return httpx.Response(200, json={"assignments": [{"assignmentid": 9, "submissions": rows}]})
            case "mod_assign_get_submission_status":
                who = form.get("userid") or f"group {form['groupid']}"
                before = [self._told(who, n, each) for n, each in enumerate(self.work.attempts[who][:-1])]
                return httpx.Response(200, json={"previousattempts": [{"submission": each} for each in before]})
            case "mod_assign_get_user_flags":
                flags = [{"userid": int(who), "extensionduedate": until} for who, until in self.about["until"].items()]
                return httpx.Response(200, json={"assignments": [{"assignmentid": 9, "userflags": flags}]})
        return super().answer(request)

    def _told(self, who: str, number: int, attempt: dict[str, Any]) -> dict[str, Any]:
        files = [
            {"filename": one["name"], "fileurl": f"https://moodle.example/sub{one['path']}", "filesize": one["size"]}
            for one in attempt["files"]
        ]
        area = {"type": "file", "fileareas": [{"area": "submission_files", "files": files}]}
        whose = {"userid": 0, "groupid": int(who.split()[1])} if who.startswith("group") else {"userid": int(who)}
        status, at = attempt.get("status", "submitted"), attempt.get("at", 1_790_000_000 + number)
        return {**whose, "attemptnumber": number, "timemodified": at, "status": status, "plugins": [area]}
