"""Seal fields, keep their keys, mask what is shown; the one registry of sensitive fields."""
