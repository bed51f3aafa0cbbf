"""A record that cannot be quietly changed: entries, Merkle tree, checkpoints, verification."""
