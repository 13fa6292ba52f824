"""What Alembic runs for a step up or down. The connection is handed in by `store/migrating.py`, in its transaction."""

from alembic import context

from grader.service.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    include_name=context.config.attributes["include_name"],
    render_item=context.config.attributes["render_item"],
)
with context.begin_transaction():
    context.run_migrations()
