"""What can be done, a module a noun: ids and text out of the input, a service, a payload."""
