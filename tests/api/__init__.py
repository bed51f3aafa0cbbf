"""The way in: settings, the command line, the server, and /graphql over HTTP."""
