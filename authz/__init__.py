"""May they, and how far: actions, reach, and the casbin policy they are decided by."""
