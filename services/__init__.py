"""Carry out one request by one member of staff: a function a verb, behind one gate."""
