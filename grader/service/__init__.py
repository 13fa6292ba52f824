"""The service: what is handed in is stored, queued, graded, shown. Grading itself is `grading/`, as for the command.

From below: `store` (tables, migrations, blobs), `site` (what a process holds of it), `courses` (revisions), `people`
(accounts, sessions, tokens, rosters), `queue` (who is next), `attempts` (from receipt to report, gradebook), `batches`
(classes that a command has graded here), `regrading` (attempts judged again), `operations` (backup, retention,
metrics), `client` (what talks to a site from elsewhere), `worker` (the processes that grade), `web` (pages and API),
`serve` (the process tree). Only `web` is asynchronous, and what hears tickets in `worker`. What an opening allows is
decided in `grader/policy`.
"""
