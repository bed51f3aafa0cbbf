"""The records say what the migrated tables are: same columns, same types, same nulls."""

import asyncpg
import pytest
from tortoise.fields.base import Field
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from store.binding import record_modules, records_in
from store.database import Database

RECORDS = [record for module in record_modules() for record in records_in(module)]
# What Tortoise's type is in PostgreSQL's words.
SPELLED = {
    "BIGINT": "bigint",
    "BIGSERIAL": "bigint",
    "BOOL": "boolean",
    "BYTEA": "bytea",
    "DATE": "date",
    "DOUBLE PRECISION": "double precision",
    "INT": "integer",
    "INTEGER": "integer",
    "JSONB": "jsonb",
    "SERIAL": "integer",
    "SMALLINT": "smallint",
    "TEXT": "text",
    "TIMESTAMPTZ": "timestamp with time zone",
    "UUID": "uuid",
}


def test_there_are_records() -> None:
    assert RECORDS


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
async def test_a_record_has_the_columns_of_its_table(
    database: Database, record: type[Model]
) -> None:
    async with database.connection() as connection:
        columns = await _columns(connection, record._meta.db_table)

    assert {column: kind for column, (kind, _) in columns.items()} == _said(record)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
async def test_a_record_allows_null_where_its_table_does(
    database: Database, record: type[Model]
) -> None:
    async with database.connection() as connection:
        columns = await _columns(connection, record._meta.db_table)

    nullable = {column for column, (_, is_nullable) in columns.items() if is_nullable}
    assert nullable == {column for column, field in _fields(record).items() if field.null}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
async def test_a_record_refers_to_the_table_that_its_table_refers_to(
    database: Database, record: type[Model]
) -> None:
    async with database.connection() as connection:
        rows = await connection.fetch(
            """
            select a.attname as column_name, c.confrelid::regclass::text as target
            from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
            where c.contype = 'f' and c.conrelid = $1::text::regclass
            """,
            record._meta.db_table,
        )

    relations = [record._meta.fields_map[name] for name in record._meta.fk_fields]
    said = {
        relation.source_field: relation.related_model._meta.db_table
        for relation in relations
        if isinstance(relation, ForeignKeyFieldInstance)
    }
    assert said.items() <= {row["column_name"]: row["target"] for row in rows}.items()


async def _columns(connection: asyncpg.Connection, table: str) -> dict[str, tuple[str, bool]]:
    rows = await connection.fetch(
        """
        select a.attname, format_type(a.atttypid, a.atttypmod) as kind,
               not a.attnotnull as is_nullable
        from pg_attribute a
        where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
        """,
        table,
    )
    return {row["attname"]: (row["kind"], row["is_nullable"]) for row in rows}


def _fields(record: type[Model]) -> dict[str, Field[object]]:
    meta = record._meta
    return {meta.fields_db_projection[name]: meta.fields_map[name] for name in meta.db_fields}


def _said(record: type[Model]) -> dict[str, str]:
    return {column: _spelled(field) for column, field in _fields(record).items()}


def _spelled(field: Field[object]) -> str:
    kinds = field.get_db_field_types() or {}
    kind = kinds.get("postgres", kinds.get("", ""))
    return SPELLED.get(kind, kind.lower().replace("varchar", "character varying"))
