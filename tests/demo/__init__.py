"""Tests of the made-up bureau."""
