"""Benchmarks: what is fast, measured; no test asserts a time."""
