"""The vault: seals, keys, masks, and the registry."""
