"""The house rules that a machine can check: layers, names, one-sentence folders, clean files."""
