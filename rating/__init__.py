"""The batch: take in a delivery of balances, sum it by quarter, rate every customer; columnar."""
