"""What services carry out, refuse and record."""
