"""Records, and the files that rules come from."""
