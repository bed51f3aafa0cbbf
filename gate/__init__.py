"""The one gate: decides, opens the transaction, and has the trail remember what was done or disclosed."""
