"""Say it in GraphQL: a module a noun; the roots are composed from them."""
