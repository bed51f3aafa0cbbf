"""The real pages in a real browser, over a real server and database."""
