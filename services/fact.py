"""What is known of the house itself: whether it is the made-up bureau."""

from store.database import Database


async def is_demo(database: Database) -> bool:
    """Tell whether the database holds the made-up bureau."""
    async with database.connection() as connection:
        row = await connection.fetchval("select value from house_fact where key = 'demo'")
    return row is not None
