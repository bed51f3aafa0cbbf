"""The batch: deliveries, sums and ratings."""
