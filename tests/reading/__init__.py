"""Tests of the compiled read plan."""
