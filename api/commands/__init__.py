"""The command line's words, a module a noun, each with its `commands` to hang into `weihu`."""
