"""The one gate: decides, opens the transaction, and has the trail remember how it went."""
