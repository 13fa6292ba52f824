"""Commands of `grader site` that keep what a site has: its courses, backups, tables, and what it no longer may keep."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.spread import spread
from grader.cli.which_site import NamedSite, NamedSiteAndBlobs
from grader.errors import UsageError
from grader.messages import terminal

if TYPE_CHECKING:
    from grader.service.operations.backup import BackedUp
    from grader.service.site import Site

YesOption = Annotated[bool, typer.Option("--yes", help="Do it: it cannot be undone.")]


@spread
def add_course(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with assignments/ and reference/.")],
    slug: Annotated[
        str | None, typer.Option(help="What it is called in addresses, such as ml-2026. Default: as its folder.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="What people read above it. Default: the slug in words.")] = None,
    packages: Annotated[
        bool,
        typer.Option("--packages/--no-packages", help="Whether students' packages are made at once: seconds each."),
    ] = True,
    *,
    named: NamedSiteAndBlobs,
) -> None:
    """Add a course, or what has become of one: from here on it is graded by that. The folder is copied.

    Ends with 2 if one of its assignments cannot be read, or packed for students; the others are there all the same.
    """
    with named.opened() as site:
        from grader.service.courses import adding, listing  # heavy: NumPy, pydantic, SQLAlchemy

        with site.database.begin() as session:
            added = adding.add_course(session, site, folder, slug=slug, title=title)
        with site.database.read() as session:
            course = listing.listed_course(session, added.course_id)
        known = "" if added.is_new else ", which was there already"
        terminal.tell(f"{course.slug}: graded by revision {course.revision} from now on{known}.")
        for fault in course.faults:
            terminal.say(fault)
        failed = bool(course.faults)
        if packages:
            failed = _packed(site, added.revision_id) or failed
    raise typer.Exit(UsageError.exit_code if failed else 0)


@spread
def courses(
    named: NamedSite,
) -> None:
    """List the courses of a site, and what each is graded by."""
    with named.opened(making=False) as site:
        from grader.service.courses.listing import listed_courses  # heavy, as above

        with site.database.read() as session:
            found = listed_courses(session)
        for each in found:
            terminal.tell(
                f"{each.slug}: {each.title}. Revision {each.revision or 'none'}, added {each.added or 'never'}; "
                f"assignments: {each.assignments}, people: {each.people}"
            )
        if not found:
            terminal.tell("No courses yet. Add one: grader site add-course FOLDER")


@spread
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The zip to write. Keep it as you keep the site.")],
    named: NamedSiteAndBlobs,
) -> None:
    """Write a whole site to one file, as it is at one moment, while it runs.

    Ends with 3 if the site itself has lost bytes that it once stored; all else is in the file.
    """
    with named.opened(making=False) as site:
        from grader.service.operations.backup import back_up  # heavy, as above

        raise typer.Exit(_told(back_up(site, file), f"{file}: a backup of the site"))


@spread
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup, of SQLite or PostgreSQL.")],
    named: NamedSiteAndBlobs,
) -> None:
    """Make of a backup the site that it was, in an empty folder and an empty database of either kind."""
    with named.opened() as site:
        from grader.service.operations import backup as backups  # heavy, as above

        raise typer.Exit(_told(backups.restore(file, site), f"{site.data}: the site of {file}"))


@spread
def upgrade(named: NamedSite) -> None:
    """Bring a site's tables to this version. Servers and workers of the version before go on working meanwhile."""
    with named.opened(upgrading=True, making=False) as site:
        from grader.service.store import migrating  # heavy, as above

        migrating.upgrade(site.database)
        terminal.tell(f"The tables have version {migrating.VERSIONS[-1]}.")


@spread
def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Their e-mail address, or their number.")],
    yes: YesOption = False,
    *,
    named: NamedSiteAndBlobs,
) -> None:
    """Forget a person: name, address, sign-ins, what they handed in and what was said of it. Points stay, unnamed."""
    _must_be_meant(yes)
    with named.opened(making=False) as site:
        from grader.service.operations import forgetting  # heavy, as above

        with site.database.begin() as session:
            number = forgetting.number_of(session, person)
            forgetting.forget(session, number, site.now())
        with site.database.begin() as session:
            dropped = forgetting.sweep(session, site)
    terminal.tell(f"Person {number} is forgotten; files dropped: {dropped}. Backups made before still know them.")


@spread
def retention(
    days: Annotated[int, typer.Option(min=1, help="What is older than so many days is no longer kept.")],
    yes: YesOption = False,
    *,
    named: NamedSiteAndBlobs,
) -> None:
    """Drop notebooks, the words of reports, and the trail of who did what, once they are so old. Points stay."""
    _must_be_meant(yes)
    with named.opened(making=False) as site:
        from grader.service.operations import forgetting  # heavy, as above

        now = site.now()
        with site.database.begin() as session:
            gone = forgetting.retire(session, now - timedelta(days=days), now)
        with site.database.begin() as session:
            dropped = forgetting.sweep(session, site)
    terminal.tell(
        f"No longer kept: the work of {gone.attempts} attempts, {gone.audits} lines of the trail, {gone.sign_ins} old "
        f"sign-ins; files dropped: {dropped}."
    )


def _must_be_meant(yes: bool) -> None:
    if not yes:
        raise UsageError("This cannot be undone. Make a backup if you are not sure, then say it with --yes.")


def _packed(site: Site, revision_id: int) -> bool:
    """Whether some package could not be made."""
    from grader.service.courses.releasing import release  # heavy, as above

    failed = False
    for each in release(site, revision_id):
        if each.fault is None:
            terminal.tell(f"{each.assignment}: packed for students.")
        else:
            failed = True
            terminal.say(f"{each.assignment}: not packed for students.", *each.fault.said)
    return failed


def _told(kept: BackedUp, what: str) -> int:
    terminal.tell(f"{what}, {kept.rows} rows and {kept.blobs} files, {kept.bytes} bytes.")
    if not kept.damaged:
        return 0
    terminal.warn(f"The site had lost {len(kept.damaged)} files, which are missing here too:", *kept.damaged)
    return 3
