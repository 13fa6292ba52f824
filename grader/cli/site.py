"""The commands `grader site ...`: what whoever runs a site does on its machine. Arguments in, exit code out."""

from __future__ import annotations

import typer

from grader.cli import accounts, site_keeping, site_lti, site_mail, site_platforms

site_app = typer.Typer(no_args_is_help=True, help="What whoever runs a site does on its machine.")


@site_app.callback()
def site() -> None:
    """What whoever runs a site does on its machine."""


site_app.command()(accounts.link)
site_app.command()(accounts.token)
site_app.command()(site_keeping.add_course)
site_app.command()(site_keeping.courses)
site_app.command()(site_keeping.backup)
site_app.command()(site_keeping.restore)
site_app.command()(site_keeping.upgrade)
site_app.command()(site_keeping.forget)
site_app.command()(site_keeping.retention)
site_app.add_typer(site_lti.lti_app, name="lti")
site_lti.lti_app.command()(site_platforms.add)
site_lti.lti_app.command(name="list")(site_platforms.list_platforms)
site_lti.lti_app.command()(site_platforms.remove)
site_lti.lti_app.command()(site_platforms.keys)
site_lti.lti_app.command()(site_platforms.courses)
site_lti.lti_app.command()(site_platforms.disconnect)
site_app.command()(site_mail.mail)
