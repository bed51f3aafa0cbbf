"""Tests by room, under the names of what they test; the names read as the user manual."""
