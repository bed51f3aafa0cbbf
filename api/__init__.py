"""HTTP in, HTTP out: app, settings, sessions, /graphql, static frontend, the command line."""
